package org.scaleinv.invariant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows for roles and for the model.
 *
 * <p>A role's value is the mean over its layers; the model's is the mean over the roles of tensors that belong to
 * layers, so that neither depth nor vocabulary changes the mix. Heads have their roles, but stay out of the model's
 * mean.
 */
public final class RoleRows {
  /** Further rows of a role. */
  @FunctionalInterface
  public interface OfRole {
    /**
     * @param parts the role's measurements
     * @param inLayers whether all are of tensors that belong to layers
     */
    List<Measurement> rows(String role, List<Measurement> parts, boolean inLayers);
  }

  private final List<InvariantInfo> infos;
  private final Map<String, List<Measurement>> byRole = new LinkedHashMap<>();

  /**
   * @param infos of the invariants, in the order of the rows
   * @param parts measurements of parts, none of roles
   */
  public RoleRows(List<InvariantInfo> infos, List<Findings> parts) {
    this.infos = infos;
    for (Findings part : parts) {
      part.measurements().forEach(row -> byRole.computeIfAbsent(row.role(), role -> new ArrayList<>()).add(row));
    }
  }

  /** @param further rows of each role, after those that are means */
  public List<Measurement> rows(OfRole further) {
    List<Measurement> rows = new ArrayList<>();
    List<Measurement> ofLayers = new ArrayList<>();
    byRole.forEach((role, parts) -> {
      List<Measurement> means = means(parts, Subject.role(role), "layers");
      rows.addAll(means);
      rows.addAll(further.rows(role, parts, inLayers(parts)));
      if (inLayers(parts)) {
        ofLayers.addAll(means);
      }
    });
    rows.addAll(means(ofLayers, Subject.model(), "roles"));
    return List.copyOf(rows);
  }

  private List<Measurement> means(List<Measurement> from, Subject subject, String groups) {
    List<Measurement> means = new ArrayList<>();
    for (InvariantInfo info : infos) {
      List<Measurement> rows = from.stream().filter(row -> row.invariant().equals(info.id())).toList();
      if (!rows.isEmpty()) {
        boolean ofModel = subject.scope() == Scope.MODEL;
        means.add(new Average(info, rows, ofModel ? Measurement::role : Measurement::layer).row(groups).about(subject));
      }
    }
    return means;
  }

  private static boolean inLayers(List<Measurement> parts) {
    return parts.stream().allMatch(part -> part.scope() == Scope.TENSOR && part.layer() != null);
  }
}
