package org.scaleinv.model;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Tensor;

/** What holds in every architecture: which stored tensors are no weights that can be measured, and why. */
final class CommonRules {
  private static final Resource RULES = Architectures.resource("common.json", new TypeReference<>() {});

  private static final Set<DType> REAL_WEIGHTS = EnumSet.of(DType.F64, DType.F32, DType.F16, DType.BF16);
  private static final Set<DType> WHOLE_NUMBERS =
      EnumSet.of(
          DType.BOOL, DType.U8, DType.I8, DType.U16, DType.I16, DType.U32, DType.I32, DType.U64, DType.I64);

  private CommonRules() {}

  /**
   * @param buffers last components of names that are stored but never trained
   * @param packed how quantised weights are told by their names
   */
  private record Resource(List<String> buffers, List<Packing> packed) {}

  /**
   * Codes under {@code stem + codes}, made weights again by what stands under {@code stem + companion}.
   *
   * @param weights the weights would stand under {@code stem + weights}
   */
  private record Packing(String scheme, String codes, String weights, List<String> companions) {}

  /**
   * Why a tensor is not measured.
   *
   * @param counted whether its elements are parameters all the same
   */
  record Exclusion(String reason, boolean counted, boolean packed) {}

  /** The tensors that are not measured whatever the architecture, by name. */
  static SortedMap<String, Exclusion> exclusions(SortedMap<String, Tensor> tensors) {
    SortedMap<String, Exclusion> exclusions = new TreeMap<>(packed(tensors));
    for (Tensor tensor : tensors.values()) {
      reason(tensor).ifPresent(exclusion -> exclusions.putIfAbsent(tensor.name(), exclusion));
    }
    return exclusions;
  }

  private static Optional<Exclusion> reason(Tensor tensor) {
    String last = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
    if (RULES.buffers().contains(last)) {
      return Optional.of(buffer());
    }
    if (WHOLE_NUMBERS.contains(tensor.dtype())) {
      return Optional.of(new Exclusion("no weights: dtype " + tensor.dtype(), false, false));
    }
    if (!tensor.dtype().widens()) {
      return Optional.of(new Exclusion("not measured: dtype " + tensor.dtype(), true, false));
    }
    if (tensor.shape().size() == 0) {
      return Optional.of(new Exclusion("no elements: shape " + tensor.shape(), true, false));
    }
    return Optional.empty();
  }

  /** The name that a tensor of packed codes would have unpacked, by which its place in the model is known. */
  static String unpackedName(String name) {
    for (Packing packing : RULES.packed()) {
      if (!packing.codes().isEmpty() && name.endsWith(packing.codes())) {
        return name.substring(0, name.length() - packing.codes().length()) + packing.weights();
      }
    }
    return name;
  }

  static Exclusion buffer() {
    return new Exclusion("a buffer, no parameter", false, false);
  }

  private static Map<String, Exclusion> packed(SortedMap<String, Tensor> tensors) {
    Map<String, Exclusion> packed = new TreeMap<>();
    for (Tensor tensor : tensors.values()) {
      for (Packing packing : RULES.packed()) {
        if (!REAL_WEIGHTS.contains(tensor.dtype()) && tensor.name().endsWith(packing.codes())) {
          List<String> companions = companions(tensor.name(), packing, tensors);
          Exclusion exclusion = new Exclusion("packed weights: " + packing.scheme(), false, true);
          if (!companions.isEmpty()) {
            packed.putIfAbsent(tensor.name(), exclusion);
          }
          companions.forEach(name -> packed.putIfAbsent(name, exclusion));
        }
      }
    }
    return packed;
  }

  private static List<String> companions(String codes, Packing packing, SortedMap<String, Tensor> tensors) {
    String stem = codes.substring(0, codes.length() - packing.codes().length());
    List<String> present = new ArrayList<>();
    for (String companion : packing.companions()) {
      if (tensors.containsKey(stem + companion)) {
        present.add(stem + companion);
      }
    }
    return present;
  }
}
