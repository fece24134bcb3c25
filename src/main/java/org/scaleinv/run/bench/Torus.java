package org.scaleinv.run.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Points of a flat torus whose persistent homology is known without any reduction: every pair of a point on one circle
 * and a point on another, a pair as far from another as they are on the circle where they are farther apart.
 *
 * <p>The complex of such a product is that of the circles multiplied, so that its bars are the intersections of theirs
 * (Künneth; Gakhar and Perea 2019). On a circle the components are joined at the gaps between neighbours; the one loop
 * lives from the largest gap until three points that go round it lie near enough to each other (Adamaszek and Adams
 * 2017).
 */
final class Torus {
  private final float[][][] circles = new float[2][][];
  private final int side;

  /** A bar of a diagram. */
  record Bar(float birth, float death) implements Comparable<Bar> {
    private Bar meet(Bar other) {
      return new Bar(Math.max(birth, other.birth), Math.min(death, other.death));
    }

    @Override
    public int compareTo(Bar other) {
      int byBirth = Float.compare(birth, other.birth);
      return byBirth != 0 ? byBirth : Float.compare(death, other.death);
    }
  }

  /** @param side points on each circle, at random places, but no gap between them more than 1.5 times the mean */
  Torus(int side, long seed) {
    this.side = side;
    var random = new SplittableRandom(seed);
    for (int circle = 0; circle < circles.length; circle++) {
      double[] places = new double[side];
      for (int i = 0; i < side; i++) {
        places[i] = (i + random.nextDouble(0.5)) / side;
      }
      circles[circle] = new float[side][side];
      for (int i = 0; i < side; i++) {
        for (int j = 0; j < i; j++) {
          double apart = places[i] - places[j];
          circles[circle][i][j] = circles[circle][j][i] = (float) Math.min(apart, 1 - apart);
        }
      }
    }
  }

  int points() {
    return side * side;
  }

  /** (points, points). */
  float[] distances() {
    int n = points();
    float[] distances = new float[n * n];
    for (int p = 0; p < n; p++) {
      for (int q = 0; q < n; q++) {
        distances[p * n + q] = Math.max(circles[0][p / side][q / side], circles[1][p % side][q % side]);
      }
    }
    return distances;
  }

  /** The bars of dimension 0 or 1, ascending. */
  List<Bar> bars(int dimension) {
    List<Bar> bars = new ArrayList<>();
    for (int of = 0; of <= dimension; of++) {
      for (Bar one : bars(circles[0], of)) {
        for (Bar other : bars(circles[1], dimension - of)) {
          Bar both = one.meet(other);
          if (both.birth < both.death) {
            bars.add(both);
          }
        }
      }
    }
    return bars.stream().sorted().toList();
  }

  private List<Bar> bars(float[][] circle, int dimension) {
    float[] gaps = new float[side];
    for (int i = 0; i < side; i++) {
      gaps[i] = circle[i][(i + 1) % side];
    }
    Arrays.sort(gaps);
    List<Bar> bars = new ArrayList<>();
    if (dimension == 1) {
      bars.add(new Bar(gaps[side - 1], goingRound(circle)));
      return bars;
    }
    for (int i = 0; i < side - 1; i++) {
      bars.add(new Bar(0, gaps[i]));
    }
    bars.add(new Bar(0, Float.POSITIVE_INFINITY));
    return bars;
  }

  /** The least length within which three points go round the circle: their distances add up to all of it. */
  private float goingRound(float[][] circle) {
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < side; i++) {
      for (int j = 0; j < i; j++) {
        for (int k = 0; k < j; k++) {
          float longest = Math.max(circle[i][j], Math.max(circle[j][k], circle[i][k]));
          // else the longest is the sum of the others, and no more than a half
          double around = (double) circle[i][j] + circle[j][k] + circle[i][k];
          if (longest < least && around > 1 - 1e-6) {
            least = longest;
          }
        }
      }
    }
    return least;
  }
}
