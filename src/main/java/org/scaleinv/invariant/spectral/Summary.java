package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.Scope;
import org.scaleinv.invariant.Settings;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.WeightMatrix;

/**
 * The rows for roles and for the model.
 *
 * <p>A role's value is the mean over its layers; the model's is the mean over the roles of weight matrices that belong
 * to layers, so that neither depth nor vocabulary changes the mix. Heads' products have their roles, but stay out of
 * the model's mean.
 */
final class Summary {
  private static final String MODEL = "model";

  private final List<InvariantInfo> infos;
  private final int depth;
  private final NullModel nullModel;
  private final Map<String, double[]> spectra = new TreeMap<>();
  private final Map<String, List<Measurement>> byRole = new LinkedHashMap<>();

  Summary(List<InvariantInfo> infos, Checkpoint model, List<Findings> parts, Settings settings) {
    this.infos = infos;
    this.depth = depth(model);
    this.nullModel = settings.nullModel();
    for (Findings part : parts) {
      spectra.putAll(part.arrays());
      part.measurements().forEach(row -> byRole.computeIfAbsent(row.role(), role -> new ArrayList<>()).add(row));
    }
  }

  List<Measurement> rows() {
    List<Measurement> rows = new ArrayList<>();
    List<Measurement> ofLayers = new ArrayList<>();
    byRole.forEach((role, parts) -> {
      List<Measurement> ofRole = role(role, parts);
      rows.addAll(ofRole);
      if (inLayers(parts)) {
        ofLayers.addAll(ofRole);
      }
    });
    for (InvariantInfo info : infos) {
      mean(info, ofLayers, MODEL, Scope.MODEL, "roles", rows);
    }
    return List.copyOf(rows);
  }

  private List<Measurement> role(String role, List<Measurement> parts) {
    List<Measurement> rows = new ArrayList<>();
    for (InvariantInfo info : infos) {
      mean(info, parts, role, Scope.ROLE, "layers", rows);
    }
    if (inLayers(parts)) {
      // the norms that a permutation keeps are no null; entries of one variance in all layers are
      NullValue equal = nullModel == NullModel.GAUSSIAN ? new NullValue(DepthNorm.EQUAL_NORMS, null, 0) : null;
      rows.add(new Row(DepthNorm.INFO, DepthNorm.of(squaredNorms(parts), depth), equal)
          .measurement(Scope.ROLE, role, role, null, null));
    }
    return rows;
  }

  private static void mean(
      InvariantInfo info, List<Measurement> from, String subject, Scope scope, String group, List<Measurement> to) {
    List<Measurement> rows = from.stream().filter(row -> row.invariant().equals(info.id())).toList();
    if (rows.isEmpty()) {
      return;
    }
    Average average = new Average(info, rows, scope == Scope.MODEL ? Measurement::role : Measurement::layer);
    to.add(average.row(group).measurement(scope, subject, subject, null, null));
  }

  private static boolean inLayers(List<Measurement> parts) {
    return parts.stream().allMatch(part -> part.scope() == Scope.TENSOR && part.layer() != null);
  }

  /** ‖W‖_F² by layer, summed over the matrices of a layer. */
  private TreeMap<Integer, Double> squaredNorms(List<Measurement> parts) {
    TreeMap<Integer, Double> norms = new TreeMap<>();
    parts.stream().filter(part -> part.invariant().equals(infos.getFirst().id())).forEach(part -> {
      double norm = 0;
      for (double sigma : spectra.get(SpectralWork.SPECTRUM + part.subject())) {
        norm += sigma * sigma;
      }
      norms.merge(part.layer(), norm, Double::sum);
    });
    return norms;
  }

  private static int depth(Checkpoint model) {
    if (model.depth() != null) {
      return model.depth();
    }
    return model.matrices().stream().map(WeightMatrix::layer).filter(Objects::nonNull).max(Integer::compare)
        .map(last -> last + 1).orElse(0);
  }
}
