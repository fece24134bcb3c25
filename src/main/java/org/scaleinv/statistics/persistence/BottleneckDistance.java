package org.scaleinv.statistics.persistence;

import java.util.Arrays;

/**
 * The bottleneck distance of two barcodes: the least δ for which bars can be matched so that matched ones differ by at
 * most δ in birth and in death, and those left over are at most 2δ long (Cohen-Steiner, Edelsbrunner, Harer, Discrete
 * Comput. Geom. 37, 2007). Moving the points of a cloud by ε moves the barcodes of its Vietoris–Rips filtration by at
 * most 2ε. Essential bars are matched with essential ones; where their numbers differ the distance is infinite.
 *
 * <p>Exact: the answer is one of the costs in doubles, found by bisection over all doubles. For a given δ the bars longer
 * than 2δ have to be matched, on both sides. A matching that covers them on one side and one that covers them on the
 * other contain one that covers both (Mendelsohn and Dulmage, Can. J. Math. 10, 1958), so that the diagonal needs no
 * points of its own. Each is grown along augmenting paths whose next bar a k-d tree hands out and forgets, so that edges
 * are never listed (the idea of Efrat, Itai, Katz, Algorithmica 31, 2001).
 */
public final class BottleneckDistance {
  private final BarTree first;
  private final BarTree second;

  private BottleneckDistance(Barcode first, Barcode second) {
    this.first = new BarTree(first);
    this.second = new BarTree(second);
  }

  public static double of(Barcode first, Barcode second) {
    double essential = Arrays.stream(EssentialBars.shifts(first, second)).max().orElse(0);
    double finite = new BottleneckDistance(first.finite(), second.finite()).distance();
    return Math.max(essential, finite);
  }

  private double distance() {
    if (matched(0) == 0) {
      return 0;
    }
    double enough = longestHalf(Double.POSITIVE_INFINITY);
    double tooLittle = 0;
    // between two positive doubles the bit patterns count the doubles
    while (Math.nextUp(tooLittle) < enough) {
      double middle = middle(tooLittle, enough);
      double used = matched(middle);
      if (used <= middle) {
        enough = used;
      } else {
        tooLittle = middle;
      }
    }
    return enough;
  }

  private static double middle(double low, double high) {
    long lowBits = Double.doubleToLongBits(low);
    return Double.longBitsToDouble(lowBits + (Double.doubleToLongBits(high) - lowBits) / 2);
  }

  /** A δ' ≤ δ that is enough; infinite where δ is too little. */
  private double matched(double delta) {
    double there = Matching.longestEdge(first, second, delta);
    double back = there <= delta ? Matching.longestEdge(second, first, delta) : Double.POSITIVE_INFINITY;
    return Math.max(longestHalf(delta), Math.max(there, back));
  }

  private double longestHalf(double delta) {
    return Math.max(first.longestHalf(delta), second.longestHalf(delta));
  }

  /** Grows a matching that covers all bars of one side longer than 2δ. */
  private static final class Matching {
    private final BarTree from;
    private final BarTree to;
    private final double delta;
    private final int[] partner;
    private final int[] owner;
    private final int[] reachedFrom;
    private final int[] stack;

    private Matching(BarTree from, BarTree to, double delta) {
      this.from = from;
      this.to = to;
      this.delta = delta;
      partner = new int[from.size()];
      owner = new int[to.size()];
      reachedFrom = new int[to.size()];
      stack = new int[from.size() + 1];
      Arrays.fill(partner, -1);
      Arrays.fill(owner, -1);
    }

    /** The largest difference of matched bars; infinite where no matching covers all. */
    static double longestEdge(BarTree from, BarTree to, double delta) {
      Matching matching = new Matching(from, to, delta);
      return matching.covers() ? matching.longestEdge() : Double.POSITIVE_INFINITY;
    }

    /** In each phase no bar is visited twice (Pothen and Fan, ACM Trans. Math. Softw. 16, 1990). */
    private boolean covers() {
      boolean all = false;
      while (!all) {
        to.remember();
        all = true;
        boolean grown = false;
        for (int bar = 0; bar < partner.length; bar++) {
          if (partner[bar] < 0 && from.half(bar) > delta) {
            boolean found = augmented(bar);
            if (!found && !grown) {
              return false;
            }
            grown |= found;
            all &= found;
          }
        }
      }
      return true;
    }

    /** Searches in depth for a free bar of the other side. */
    private boolean augmented(int start) {
      int depth = 0;
      stack[0] = start;
      while (depth >= 0) {
        int bar = stack[depth];
        int near = to.take(from.birth(bar), from.death(bar), delta);
        if (near < 0) {
          depth--;
          continue;
        }
        reachedFrom[near] = bar;
        if (owner[near] < 0) {
          exchange(near);
          return true;
        }
        stack[++depth] = owner[near];
      }
      return false;
    }

    private void exchange(int end) {
      for (int at = end; at >= 0;) {
        int bar = reachedFrom[at];
        int before = partner[bar];
        partner[bar] = at;
        owner[at] = bar;
        at = before;
      }
    }

    private double longestEdge() {
      double longest = 0;
      for (int bar = 0; bar < partner.length; bar++) {
        if (partner[bar] >= 0) {
          longest = Math.max(longest, to.difference(partner[bar], from.birth(bar), from.death(bar)));
        }
      }
      return longest;
    }
  }
}
