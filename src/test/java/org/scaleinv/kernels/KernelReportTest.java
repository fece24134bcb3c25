package org.scaleinv.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelReportTest {
  @Test
  @Tag("needs-nvcc")
  void noKernelSpillsOrDoesNotFitAChip() throws IOException {
    assertEquals(List.of(), KernelReport.read().faults());
  }

  @Test
  @Tag("needs-reported-nvcc")
  void theDocumentationIsUpToDate() throws IOException {
    assertTrue(
        Markdown.of(KernelReport.read()).equals(KernelReport.section(Files.readString(KernelReport.PAGE))),
        KernelReport.PAGE + " is not up to date; scripts/kernel-report --write makes it so");
  }
}
