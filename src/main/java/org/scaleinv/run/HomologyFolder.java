package org.scaleinv.run;

import java.nio.file.Path;
import java.util.List;
import org.scaleinv.report.DiagramsFile;
import org.scaleinv.report.HomologyFiles;
import org.scaleinv.report.HomologyReport;

/** The folder that holds diagrams: diagrams.safetensors, diagrams.csv, and homology.json, which appears last. */
public final class HomologyFolder {
  private HomologyFolder() {}

  /** Writes all three files, and returns their paths. */
  public static List<Path> write(HomologyReport report, Path folder) {
    Path arrays = folder.resolve(DiagramsFile.NAME);
    Path table = folder.resolve("diagrams.csv");
    Path text = folder.resolve("homology.json");
    try (PendingFile diagrams =
        PendingFile.of(arrays, out -> DiagramsFile.write(report.homology().diagrams(), out));
        PendingFile csv = PendingFile.of(table, out -> HomologyFiles.writeCsv(report, out));
        PendingFile json = PendingFile.of(text, out -> HomologyFiles.writeJson(report, out))) {
      diagrams.publish();
      csv.publish();
      json.publish();
    }
    return List.of(arrays, table, text);
  }
}
