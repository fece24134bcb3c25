package org.scaleinv.invariant.spectral;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.scaleinv.invariant.Array;
import org.scaleinv.invariant.Findings;
import org.scaleinv.invariant.InvariantInfo;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.NullModel;
import org.scaleinv.invariant.NullValue;
import org.scaleinv.invariant.RoleRows;
import org.scaleinv.invariant.Row;
import org.scaleinv.invariant.Settings;
import org.scaleinv.invariant.Subject;
import org.scaleinv.model.Checkpoint;
import org.scaleinv.model.WeightMatrix;

/** The rows for roles and for the model: means, and the depth norm of roles in layers. */
final class Summary {
  private final List<InvariantInfo> infos;
  private final List<Findings> parts;
  private final int depth;
  private final NullModel nullModel;
  private final Map<String, Array> spectra = new TreeMap<>();

  Summary(List<InvariantInfo> infos, Checkpoint model, List<Findings> parts, Settings settings) {
    this.infos = infos;
    this.parts = parts;
    this.depth = depth(model);
    this.nullModel = settings.nullModel();
    parts.forEach(part -> spectra.putAll(part.arrays()));
  }

  List<Measurement> rows() {
    return new RoleRows(infos, parts).rows(this::depthNorm);
  }

  private List<Measurement> depthNorm(String role, List<Measurement> ofRole, boolean inLayers) {
    List<Measurement> rows = new ArrayList<>();
    if (inLayers) {
      // the norms that a permutation keeps are no null; entries of one variance in all layers are
      NullValue equal = nullModel == NullModel.GAUSSIAN ? new NullValue(DepthNorm.EQUAL_NORMS, null, 0) : null;
      rows.add(new Row(DepthNorm.INFO, DepthNorm.of(squaredNorms(ofRole), depth), equal).about(Subject.role(role)));
    }
    return rows;
  }

  /** ‖W‖_F² by layer, summed over the matrices of a layer. */
  private TreeMap<Integer, Double> squaredNorms(List<Measurement> ofRole) {
    TreeMap<Integer, Double> norms = new TreeMap<>();
    ofRole.stream().filter(part -> part.invariant().equals(infos.getFirst().id())).forEach(part -> {
      double norm = 0;
      for (double sigma : spectra.get(SpectralWork.SPECTRUM + part.subject()).values()) {
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
