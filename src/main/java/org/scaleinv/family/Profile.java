package org.scaleinv.family;

import java.util.List;
import java.util.SortedMap;
import org.scaleinv.invariant.Findings.Unmeasured;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Settings;

/**
 * The measurements of one model: what profile.json holds.
 *
 * @param arraysDigest SHA-256 of arrays.safetensors
 * @param provenance everything that may differ between two runs with equal results: times, host, threads, version
 */
public record Profile(
    ModelSummary model,
    String engine,
    Settings settings,
    String arraysDigest,
    SortedMap<String, Object> provenance,
    List<Unmeasured> unmeasured,
    List<Measurement> measurements) {

  /** The same measurements of a model under another name. */
  public Profile named(String name) {
    return new Profile(
        model.named(name), engine, settings, arraysDigest, provenance, unmeasured, measurements);
  }

  /**
   * What a profile remembers of its model.
   *
   * @param scale models of one scale have equal shapes: they are seeds of each other
   */
  public record ModelSummary(
      String name,
      String path,
      String architecture,
      long parameters,
      long parametersWithoutEmbeddings,
      Integer width,
      Integer depth,
      Integer heads,
      String scale,
      String digest) {

    ModelSummary named(String other) {
      return new ModelSummary(
          other, path, architecture, parameters, parametersWithoutEmbeddings, width, depth, heads, scale, digest);
    }
  }
}
