package org.scaleinv.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.Escape;
import org.scaleinv.model.HeadCircuit.Factor;

/** Cuts the projections of each layer into the circuits of its heads. */
final class HeadCircuits {
  private static final Set<String> OV = Set.of("attention.v", "attention.o");
  private static final Set<String> QK = Set.of("attention.q", "attention.k");

  private HeadCircuits() {}

  /** The circuits, by layer, head, OV before QK. A layer that lacks a projection has those circuits left out. */
  static List<HeadCircuit> of(List<Projection> projections, Sizes sizes, List<String> warnings) {
    SortedMap<Integer, Map<String, Projection>> layers = byLayer(projections, warnings);
    if (layers.isEmpty()) {
      return List.of();
    }
    if (!sizes.headsKnown()) {
      warnings.add("number of heads unknown (it stands in config.json alone): no head circuits");
      return List.of();
    }
    List<HeadCircuit> circuits = new ArrayList<>();
    int incomplete = 0;
    for (var layer : layers.entrySet()) {
      boolean ov = layer.getValue().keySet().containsAll(OV);
      boolean qk = layer.getValue().keySet().containsAll(QK);
      incomplete += ov && qk ? 0 : 1;
      for (int head = 0; (ov || qk) && head < sizes.heads(); head++) {
        if (ov) {
          circuits.add(ov(layer.getKey(), head, layer.getValue(), sizes));
        }
        if (qk) {
          circuits.add(qk(layer.getKey(), head, layer.getValue(), sizes));
        }
      }
    }
    if (incomplete > 0) {
      warnings.add(
          "head circuits left out in " + incomplete + " of " + layers.size()
              + " layers: a projection of q, k, v, o is missing or not measured");
    }
    return circuits;
  }

  private static HeadCircuit ov(int layer, int head, Map<String, Projection> roles, Sizes sizes) {
    Factor value = keyValue(roles.get("attention.v"), head, sizes);
    Factor output = roles.get("attention.o").inputs((long) head * sizes.headWidth(), sizes.headWidth());
    return new HeadCircuit(subject(layer, head) + ".ov", "attention.ov", layer, head, value, output);
  }

  private static HeadCircuit qk(int layer, int head, Map<String, Projection> roles, Sizes sizes) {
    Factor query = roles.get("attention.q").outputs((long) head * sizes.headWidth(), sizes.headWidth());
    Factor key = keyValue(roles.get("attention.k"), head, sizes);
    return new HeadCircuit(subject(layer, head) + ".qk", "attention.qk", layer, head, query, key);
  }

  private static String subject(int layer, int head) {
    return "h." + layer + ".head." + head;
  }

  private static Factor keyValue(Projection projection, int head, Sizes sizes) {
    int shared = head / (sizes.heads() / sizes.keyValueHeads());
    return projection.outputs((long) shared * sizes.headWidth(), sizes.headWidth());
  }

  private static SortedMap<Integer, Map<String, Projection>> byLayer(
      List<Projection> projections, List<String> warnings) {
    SortedMap<Integer, Map<String, Projection>> layers = new TreeMap<>();
    for (Projection projection : projections) {
      WeightMatrix weight = projection.weight();
      if (weight.layer() != null && weight.role().startsWith("attention.")) {
        Projection other =
            layers.computeIfAbsent(weight.layer(), l -> new HashMap<>()).putIfAbsent(weight.role(), projection);
        if (other != null) {
          warnings.add(
              "layer " + weight.layer() + " has " + weight.role() + " twice: circuits use "
                  + Escape.quoted(other.weight().subject()));
        }
      }
    }
    return layers;
  }
}
