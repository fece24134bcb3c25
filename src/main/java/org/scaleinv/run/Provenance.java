package org.scaleinv.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that may differ between two runs with equal results. */
final class Provenance {
  private Provenance() {}

  /** Of a run that ends now. */
  static SortedMap<String, Object> since(Instant started, int threads) {
    Instant finished = Instant.now();
    SortedMap<String, Object> provenance = new TreeMap<>();
    provenance.put("version", Version.current());
    provenance.put("started", started.truncatedTo(ChronoUnit.MILLIS).toString());
    provenance.put("finished", finished.truncatedTo(ChronoUnit.MILLIS).toString());
    provenance.put("seconds", Duration.between(started, finished).toMillis() / 1000.0);
    provenance.put("host", Machine.host());
    provenance.put("threads", threads);
    return provenance;
  }
}
