package org.scaleinv.cli;

import java.io.PrintWriter;
import java.util.List;
import org.scaleinv.engine.Engine;
import org.scaleinv.invariant.Settings;
import org.scaleinv.run.Engines;
import org.scaleinv.run.Measuring;
import org.scaleinv.run.ModelPlan;
import org.scaleinv.run.Progress;

/** What a command works with once its options are read: the engine, opened when first needed, and the progress. */
final class Session implements AutoCloseable {
  private final CommonOptions options;
  private final Settings settings;
  private final int threads;
  private final TerminalProgress progress;
  private Engine engine;

  Session(CommonOptions options, Settings settings, PrintWriter err) {
    this.options = options;
    this.settings = settings;
    this.threads = options.threads();
    this.progress = options.quiet ? null : new TerminalProgress(err);
  }

  /** Without models to measure. */
  Session(CommonOptions options, PrintWriter err) {
    this(options, null, err);
  }

  Progress progress() {
    return progress == null ? Progress.NONE : progress;
  }

  int threads() {
    return threads;
  }

  Engine engine() {
    if (engine == null) {
      engine = Engines.open(options.engine.toString(), options.device, progress()::note);
    }
    return engine;
  }

  /** Opens every model once, so that a bad one is found before any is measured. */
  List<ModelPlan> plan(List<String> models) {
    return models.stream().map(model -> ModelPlan.of(model, settings)).toList();
  }

  /** Measures what was planned, and tells the progress how much it is. */
  Measuring measuring(List<ModelPlan> plans) {
    return measuring(plans, settings);
  }

  /** The same under the settings of a family. */
  Measuring measuring(List<ModelPlan> plans, Settings agreed) {
    progress().expect(plans.stream().mapToDouble(ModelPlan::cost).sum());
    return new Measuring(engine(), agreed, threads, progress());
  }

  @Override
  public void close() {
    if (progress != null) {
      progress.close();
    }
    if (engine != null) {
      engine.close();
    }
  }
}
