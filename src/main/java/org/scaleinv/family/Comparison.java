package org.scaleinv.family;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether invariants are conserved over a family of models: what comparison.json holds.
 *
 * @param models ordered by parameters without embeddings, small to large
 * @param tolerance relative change that still counts as none (0.1: the equivalence bound is ln 1.1)
 * @param level of every test (0.05)
 * @param layerProfiles of every invariant and role that all models have in at least two layers
 * @param diagramDistances of every cloud that two models share; empty where no topology was measured
 * @param warnings what a reader has to know before believing the rows, a sentence each
 */
public record Comparison(
    List<Model> models,
    double tolerance,
    double level,
    List<Row> rows,
    List<LayerProfile> layerProfiles,
    List<DiagramDistance> diagramDistances,
    List<String> warnings) {

  public Comparison(List<Model> models, double tolerance, double level, List<Row> rows) {
    this(models, tolerance, level, rows, List.of(), List.of(), List.of());
  }

  /** The same comparison with distances of diagrams, and what a reader has to know of them. */
  public Comparison with(List<DiagramDistance> distances, List<String> furtherWarnings) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(furtherWarnings);
    return new Comparison(
        models, tolerance, level, rows, layerProfiles, List.copyOf(distances), List.copyOf(all));
  }

  /** A model of the family; models with the same scale are seeds of each other. */
  public record Model(String name, long parameters, long parametersWithoutEmbeddings, String scale) {}

  /**
   * The course of one invariant over the layers of every model, on a grid of relative depth (l + ½)/L that all cover.
   *
   * @param shapes by model, by depth: ln I (signed invariants: I over their unit), less its mean over the grid
   * @param distanceBetweenSeeds root mean square difference of the shapes of two models of one scale; null without
   * @param distanceBetweenScales the same of two models of different scales
   */
  public record LayerProfile(
      String invariant,
      String role,
      List<Double> depths,
      List<List<Double>> shapes,
      Double distanceBetweenSeeds,
      Double distanceBetweenScales) {}

  public enum Verdict {
    CONSERVED,
    SCALES,
    VARIES,
    UNDECIDED
  }

  public enum NullRelation {
    TRIVIAL,
    BEYOND_NULL,
    UNDECIDED
  }

  /**
   * What was inferred of one series of values; null entries where nothing can be said.
   *
   * @param conservationError |I_large − I_small| / |I_small| of the largest and smallest models' mean values
   * @param scalingExponent a of I ~ n^a; for signed invariants the slope per unit of ln n
   * @param decidableTolerance smallest tolerance at which the verdict would be CONSERVED
   * @param q false-discovery-controlled significance of the verdict; of the change for UNDECIDED where one is shown
   *     whose law is unclear, else null
   */
  public record Inference(
      Double conservationError,
      Double scalingExponent,
      Double scalingExponentError,
      Verdict verdict,
      Double decidableTolerance,
      Double q) {}

  /**
   * One invariant of one role over the family. Lists follow {@link Comparison#models}; null where not measured.
   *
   * @param errors the run-to-run standard deviation of each value, null when none can be given
   * @param heterogeneity spread over layers of each value: no error, a description
   * @param ratio the same inference on value / null value; null without nulls
   */
  public record Row(
      String invariant,
      String role,
      List<Double> values,
      List<Double> errors,
      List<Double> heterogeneity,
      Inference inference,
      List<Double> nullValues,
      Inference ratio,
      NullRelation nullRelation) {}
}
