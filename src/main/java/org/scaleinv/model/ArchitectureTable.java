package org.scaleinv.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What is known of one architecture, as it stands in a JSON resource beside this class (docs/architectures.md).
 *
 * <p>Names of tensors are without prefix and hold {@code {layer}} and {@code {expert}} where a number stands.
 *
 * @param modelTypes values of config.json's model_type that mean this architecture
 * @param prefixes what may stand before every name, in the order in which they are tried
 * @param characteristic names that only this architecture has; all of them must be there
 * @param config keys of config.json that hold the sizes
 * @param orientation how a projection is stored, unless its rule says otherwise
 * @param tiedByDefault model types whose output matrix is the token embedding where config.json does not say
 * @param buffers tensors that are stored but never trained
 */
record ArchitectureTable(
    String name,
    List<String> modelTypes,
    List<String> prefixes,
    List<String> characteristic,
    ConfigKeys config,
    Orientation orientation,
    List<String> tiedByDefault,
    List<TensorRule> tensors,
    List<String> buffers) {

  /** Keys by what they say; of several the first that is there counts. */
  record ConfigKeys(
      List<String> width, List<String> depth, List<String> heads, List<String> keyValueHeads, List<String> headWidth) {}

  /**
   * The roles that one tensor holds.
   *
   * @param roles one, or the parts of a fused tensor in their order
   * @param split how the parts lie; null for one role
   * @param orientation null where it is the table's
   */
  record TensorRule(String name, List<String> roles, Split split, Orientation orientation) {}

  /** Which axis of a projection's matrix is its input. */
  enum Orientation {
    @JsonProperty("in_out")
    IN_OUT,
    @JsonProperty("out_in")
    OUT_IN
  }

  /** How a fused tensor's parts lie along its output axis. */
  enum Split {
    /** One after the other, of equal size. */
    @JsonProperty("equal")
    EQUAL,
    /** Queries of all heads, then keys, then values of all key-value heads. */
    @JsonProperty("by_heads")
    BY_HEADS,
    /** Head after head, each with its query, key and value. */
    @JsonProperty("interleaved")
    INTERLEAVED
  }
}
