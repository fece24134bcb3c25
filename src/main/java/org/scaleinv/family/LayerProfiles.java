package org.scaleinv.family;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaleinv.family.Comparison.LayerProfile;
import org.scaleinv.invariant.Measurement;
import org.scaleinv.invariant.Scope;

/**
 * Compares how an invariant runs over the layers of models of unequal depth, by relative depth (l + ½)/L. This
 * describes: layers are no repetitions, so their courses carry no error of their own.
 */
final class LayerProfiles {
  private record Key(String invariant, String role) {}

  /** Mean transformed value by layer of one model; y is NaN-free, at least two layers. */
  private record Course(double[] depth, double[] y) {}

  private final Family family;

  LayerProfiles(Family family) {
    this.family = family;
  }

  /** Every invariant of a role that all models have in at least two layers each, at two depths that all cover. */
  List<LayerProfile> all() {
    Map<Key, List<Course>> courses = new LinkedHashMap<>();
    for (Profile profile : family.profiles()) {
      byLayer(profile).forEach((key, layers) -> {
        Course course = course(layers, Quantity.of(key.invariant()), profile.model().depth());
        if (course != null) {
          courses.computeIfAbsent(key, k -> new ArrayList<>()).add(course);
        }
      });
    }
    return courses.entrySet().stream()
        .filter(entry -> entry.getValue().size() == family.profiles().size())
        .map(entry -> compare(entry.getKey(), entry.getValue()))
        .filter(profile -> profile.depths().size() > 1)
        .toList();
  }

  private static Map<Key, TreeMap<Integer, List<Double>>> byLayer(Profile profile) {
    Map<Key, TreeMap<Integer, List<Double>>> found = new LinkedHashMap<>();
    for (Measurement measurement : profile.measurements()) {
      boolean part = measurement.scope() == Scope.TENSOR || measurement.scope() == Scope.HEAD;
      if (part && measurement.layer() != null && measurement.applicable()) {
        found
            .computeIfAbsent(new Key(measurement.invariant(), measurement.role()), k -> new TreeMap<>())
            .computeIfAbsent(measurement.layer(), l -> new ArrayList<>())
            .add(measurement.value());
      }
    }
    return found;
  }

  private static Course course(TreeMap<Integer, List<Double>> layers, Quantity quantity, Integer depth) {
    if (depth == null || layers.size() < 2) {
      return null;
    }
    double[] y =
        layers.values().stream()
            .mapToDouble(values -> values.stream().mapToDouble(quantity::transform).average().orElseThrow())
            .toArray();
    double[] positions = layers.keySet().stream().mapToDouble(layer -> (layer + 0.5) / depth).toArray();
    return Arrays.stream(y).allMatch(Double::isFinite) ? new Course(positions, y) : null;
  }

  private LayerProfile compare(Key key, List<Course> courses) {
    double[] grid = grid(courses);
    double[][] shapes = courses.stream().map(course -> centred(onGrid(course, grid))).toArray(double[][]::new);
    return new LayerProfile(
        key.invariant(),
        key.role(),
        boxed(grid),
        Arrays.stream(shapes).map(LayerProfiles::boxed).toList(),
        distance(shapes, true),
        distance(shapes, false));
  }

  /** The depths of the model with fewest layers: within the layers of all others, where these are evenly measured. */
  private static double[] grid(List<Course> courses) {
    double first = courses.stream().mapToDouble(c -> c.depth()[0]).max().orElseThrow();
    double last = courses.stream().mapToDouble(c -> c.depth()[c.depth().length - 1]).min().orElseThrow();
    double[] coarsest = courses.getFirst().depth();
    for (Course course : courses) {
      coarsest = course.depth().length < coarsest.length ? course.depth() : coarsest;
    }
    return Arrays.stream(coarsest).filter(depth -> depth >= first && depth <= last).toArray();
  }

  private static double[] onGrid(Course course, double[] grid) {
    double[] out = new double[grid.length];
    int right = 1;
    for (int i = 0; i < grid.length; i++) {
      while (right < course.depth().length - 1 && course.depth()[right] < grid[i]) {
        right++;
      }
      double width = course.depth()[right] - course.depth()[right - 1];
      double share = (grid[i] - course.depth()[right - 1]) / width;
      out[i] = (1 - share) * course.y()[right - 1] + share * course.y()[right];
    }
    return out;
  }

  private static double[] centred(double[] y) {
    double mean = Arrays.stream(y).average().orElse(0);
    return Arrays.stream(y).map(value -> value - mean).toArray();
  }

  /** Root mean square over the grid and over all pairs of models of one scale, or of different ones; null without. */
  private Double distance(double[][] shapes, boolean sameScale) {
    double squares = 0;
    int terms = 0;
    for (int a = 0; a < shapes.length; a++) {
      for (int b = 0; b < a; b++) {
        if (family.scale()[a] == family.scale()[b] == sameScale) {
          for (int i = 0; i < shapes[a].length; i++) {
            squares += (shapes[a][i] - shapes[b][i]) * (shapes[a][i] - shapes[b][i]);
            terms++;
          }
        }
      }
    }
    return terms == 0 ? null : Double.valueOf(Math.sqrt(squares / terms));
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
