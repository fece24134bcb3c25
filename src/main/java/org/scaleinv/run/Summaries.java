package org.scaleinv.run;

import org.scaleinv.family.Profile.ModelSummary;
import org.scaleinv.model.Checkpoint;

/** What a profile remembers of a checkpoint. */
final class Summaries {
  private Summaries() {}

  /** @param digest null where it is not known yet */
  static ModelSummary of(Checkpoint model, String path, String digest) {
    return new ModelSummary(
        model.name(),
        path,
        model.architecture(),
        model.parameters(),
        model.parametersWithoutEmbeddings(),
        model.width(),
        model.depth(),
        model.heads(),
        ScaleName.of(model),
        digest);
  }
}
