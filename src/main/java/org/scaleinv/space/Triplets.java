package org.scaleinv.space;

import java.util.Arrays;
import org.scaleinv.engine.DistanceGraph;
import org.scaleinv.error.BadInput;
import org.scaleinv.space.NumberScanner.Token;

/** Lines of two points, numbered from 0, and their distance. There are as many points as the largest number says. */
final class Triplets {
  private static final int HIGHEST_INDEX = Integer.MAX_VALUE - 9;

  private final NumberScanner scanner;
  private final String name;
  private int[] lows = new int[1024];
  private int[] highs = new int[1024];
  private float[] lengths = new float[1024];
  private int count;
  private int points;

  private Triplets(NumberScanner scanner, String name) {
    this.scanner = scanner;
    this.name = name;
  }

  /** Reads all of a text. A pair may be listed in both orders, with one distance. */
  static SpaceSource read(NumberScanner scanner, String name) {
    var triplets = new Triplets(scanner, name);
    triplets.readLines();
    return SpaceSource.of(name, new GraphBuilder(name, triplets.lows, triplets.highs, triplets.lengths)
        .build(triplets.points, triplets.count));
  }

  private void readLines() {
    Token token = scanner.next();
    while (token != Token.END_OF_TEXT) {
      if (token == Token.NUMBER) {
        int i = index();
        require(scanner.next(), "the second index");
        int j = index();
        require(scanner.next(), "a distance");
        add(i, j, distance(i, j));
        if (scanner.next() == Token.NUMBER) {
          throw scanner.wrong("triplet", "expected two indices and a distance on a line, found more");
        }
      }
      token = scanner.next();
    }
    if (points == 0) {
      throw new BadInput("no-numbers", name + ": expected lines of two indices and a distance, found none");
    }
  }

  private void require(Token token, String what) {
    if (token != Token.NUMBER) {
      throw scanner.wrong("triplet", "expected " + what + " behind this, found the end of the line");
    }
  }

  private int index() {
    long index = scanner.whole();
    if (index < 0 || index > HIGHEST_INDEX) {
      throw scanner.wrong("index", "expected the number of a point, a whole one from 0 to " + HIGHEST_INDEX
          + ", found " + (index < 0 ? Float.toString(scanner.value()) : Long.toString(index)));
    }
    points = Math.max(points, (int) index + 1);
    return (int) index;
  }

  private float distance(int i, int j) {
    float distance = scanner.value();
    if (distance < 0) {
      throw scanner.wrong("negative-distance", "expected a distance of 0 or more, found " + distance);
    }
    if (i == j && distance != 0) {
      throw scanner.wrong("diagonal", "expected distance 0 from point " + i + " to itself, found " + distance);
    }
    return distance;
  }

  private void add(int i, int j, float distance) {
    if (i == j) {
      return;
    }
    if (count == lengths.length) {
      if (count == DistanceGraph.MOST_PAIRS) {
        throw scanner.wrong("too-many-pairs", "expected at most " + DistanceGraph.MOST_PAIRS + " pairs, found more");
      }
      int more = (int) Math.min(2L * count, DistanceGraph.MOST_PAIRS);
      lows = Arrays.copyOf(lows, more);
      highs = Arrays.copyOf(highs, more);
      lengths = Arrays.copyOf(lengths, more);
    }
    lows[count] = Math.min(i, j);
    highs[count] = Math.max(i, j);
    // −0 is 0
    lengths[count++] = distance + 0f;
  }
}
