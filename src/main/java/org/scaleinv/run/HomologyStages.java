package org.scaleinv.run;

import org.scaleinv.engine.Persistence;

/** Tells a run's progress how far a reduction has come; the time left is that of the dimension in work. */
final class HomologyStages implements Persistence.Progress {
  private final Progress progress;
  private int current = -1;
  private long done;
  private double expected;

  HomologyStages(Progress progress) {
    this.progress = progress;
    progress.stage("finding edges");
  }

  @Override
  public boolean at(int dimension, long columns, long total) {
    if (dimension >= 0) {
      if (dimension != current) {
        begin(dimension, total);
      }
      progress.advance(columns - done);
      done = columns;
    }
    return !Thread.currentThread().isInterrupted();
  }

  private void begin(int dimension, long total) {
    current = dimension;
    done = 0;
    expected += total;
    progress.stage("reducing dimension " + dimension);
    progress.expect(expected);
  }
}
