package org.scaleinv.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.error.Escape;
import org.scaleinv.model.HeadCircuit.Factor;

/** Cuts the projections of each layer into the circuits of its heads. */
final class HeadCircuits {
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
      Map<String, Projection> roles = layer.getValue();
      boolean ov = roles.containsKey("attention.v") && roles.containsKey("attention.o");
      boolean qk = roles.containsKey("attention.q") && roles.containsKey("attention.k");
      incomplete += ov && qk ? 0 : 1;
      for (int head = 0; head < sizes.heads(); head++) {
        String subject = "h." + layer.getKey() + ".head." + head;
        if (ov) {
          Factor value = keyValue(roles.get("attention.v"), head, sizes);
          Factor output = roles.get("attention.o").inputs((long) head * sizes.headWidth(), sizes.headWidth());
          circuits.add(new HeadCircuit(subject + ".ov", "attention.ov", layer.getKey(), head, value, output));
        }
        if (qk) {
          Factor query = roles.get("attention.q").outputs((long) head * sizes.headWidth(), sizes.headWidth());
          Factor key = keyValue(roles.get("attention.k"), head, sizes);
          circuits.add(new HeadCircuit(subject + ".qk", "attention.qk", layer.getKey(), head, query, key));
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
