package org.scaleinv.family;

import java.util.ArrayList;
import java.util.List;
import org.scaleinv.invariant.topology.DiagramArrays;
import org.scaleinv.invariant.topology.DiagramArrays.CloudDiagrams;
import org.scaleinv.statistics.persistence.Barcode;
import org.scaleinv.statistics.persistence.BottleneckDistance;
import org.scaleinv.statistics.persistence.WassersteinDistance;

/**
 * A cloud that two models have: the unit of work of comparing diagrams.
 *
 * @param first the smaller of the two models
 */
public record CloudPair(
    String cloud, String role, String first, String second, CloudDiagrams ofFirst, CloudDiagrams ofSecond) {
  /** Of the Wasserstein distance: long bars count for more than many short ones, which are noise. */
  public static final int DEGREE = 2;

  private static final Barcode EMPTY = new Barcode(new double[0], new double[0]);

  /**
   * Every cloud of every two models that both have it under one name.
   *
   * @param models small to large
   */
  public static List<CloudPair> of(List<ModelDiagrams> models) {
    List<CloudPair> pairs = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      for (int j = i + 1; j < models.size(); j++) {
        add(models.get(i), models.get(j), pairs);
      }
    }
    return pairs;
  }

  private static void add(ModelDiagrams first, ModelDiagrams second, List<CloudPair> pairs) {
    String one = first.profile().model().name();
    String other = second.profile().model().name();
    first.clouds().forEach((cloud, diagrams) -> {
      CloudDiagrams same = second.clouds().get(cloud);
      if (same != null) {
        pairs.add(new CloudPair(cloud, role(first.profile(), cloud), one, other, diagrams, same));
      }
    });
  }

  private static String role(Profile profile, String cloud) {
    return profile.measurements().stream()
        .filter(row -> row.subject().equals(cloud) && row.invariant().startsWith("topology."))
        .findFirst()
        .map(row -> row.role())
        .orElse(cloud);
  }

  /** What matching the bars costs at worst, in steps. */
  public double cost() {
    double cost = 0;
    for (int k = 0; k < dimensions(); k++) {
      double bars = Math.max(bars(ofFirst.found(), k).size(), bars(ofSecond.found(), k).size());
      cost += bars * bars * bars;
    }
    return 2 * cost;
  }

  private int dimensions() {
    return Math.max(ofFirst.found().size(), ofSecond.found().size());
  }

  /** Of each dimension in which one of the two has bars, or a higher one has. */
  public List<DiagramDistance> distances() {
    List<DiagramDistance> distances = new ArrayList<>();
    for (int k = 0; k < dimensions(); k++) {
      distances.add(distance(k));
    }
    return distances;
  }

  private DiagramDistance distance(int dimension) {
    Barcode one = bars(ofFirst.found(), dimension);
    Barcode other = bars(ofSecond.found(), dimension);
    boolean nulls = ofFirst.nulls().size() == DiagramArrays.NULLS && ofSecond.nulls().size() == DiagramArrays.NULLS;
    // models of one shape draw equal numbers, so that the first draw of one is read beside the second of the other
    Barcode oneNull = nulls ? bars(ofFirst.nulls().getFirst(), dimension) : EMPTY;
    Barcode otherNull = nulls ? bars(ofSecond.nulls().getLast(), dimension) : EMPTY;
    return new DiagramDistance(
        cloud,
        role,
        dimension,
        first,
        second,
        one.size(),
        other.size(),
        BottleneckDistance.of(one, other),
        WassersteinDistance.of(one, other, DEGREE).toOptional().orElse(null),
        nulls ? BottleneckDistance.of(oneNull, otherNull) : null,
        nulls ? WassersteinDistance.of(oneNull, otherNull, DEGREE).toOptional().orElse(null) : null);
  }

  private static Barcode bars(List<Barcode> barcodes, int dimension) {
    return dimension < barcodes.size() ? barcodes.get(dimension) : EMPTY;
  }
}
