package org.scaleinv.acceptance;

import java.util.List;
import java.util.Locale;

/**
 * One part of an acceptance and how it ended.
 *
 * @param why it failed or was not run; "" where it passed
 * @param details lines for the reader: each test that failed, each finding of a tool
 */
record Part(String name, Status status, double seconds, String why, List<String> details) {
  enum Status {
    PASSED,
    FAILED,
    NOT_RUN;

    /** "not run" */
    String words() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What running a part gave. */
  record Outcome(Status status, String why, List<String> details) {
    static Outcome passed(List<String> details) {
      return new Outcome(Status.PASSED, "", details);
    }

    static Outcome failed(String why, List<String> details) {
      return new Outcome(Status.FAILED, why, details);
    }

    static Outcome notRun(String why) {
      return new Outcome(Status.NOT_RUN, why, List.of());
    }
  }

  /** A part that is to be run. */
  interface Work {
    Outcome run() throws Exception;
  }
}
