package org.scaleinv.acceptance;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs one contract of {@link OnDevice} and prints what came of it as one line of JSON: {@code tests}, {@code failures}
 * (each with what failed and why) and {@code skipped}.
 */
final class ContractRun implements TestExecutionListener {
  private final List<Map<String, String>> failures = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private int tests;

  private ContractRun() {}

  public static void main(String[] arguments) throws IOException {
    var run = new ContractRun();
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectClass(OnDevice.class.getName() + "$" + arguments[0]))
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .build();
    LauncherFactory.create().execute(request, run);
    try {
      DeviceUnderTest.close();
    } catch (RuntimeException refused) {
      run.failed("closing the engine", refused);
    }
    System.out.println(run.json());
    System.exit(0);
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      tests++;
    }
    if (result.getStatus() != Status.SUCCESSFUL) {
      failed(test.getLegacyReportingName(), result.getThrowable().orElse(null));
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    skipped.add(test.getLegacyReportingName() + ": " + reason);
  }

  private void failed(String what, Throwable why) {
    failures.add(Map.of("test", what, "why", String.valueOf(why).lines().findFirst().orElse("")));
  }

  private String json() throws IOException {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("tests", tests);
    outcome.put("failures", failures);
    outcome.put("skipped", skipped);
    return new ObjectMapper().writeValueAsString(outcome);
  }
}
