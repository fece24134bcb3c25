package org.scaleinv.report;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.scaleinv.engine.KernelTime;

/**
 * What operations of an engine achieved, beside the ceilings that were measured in the same run.
 *
 * @param engine its name
 * @param meaningful whether the times say anything: those of an emulated device do not
 * @param settings how it was timed
 * @param provenance when, where, by which version, with how many threads
 * @param notMeasured the ceilings that the engine cannot reach here, and why; what they bound has no limit
 */
public record BenchReport(
    String engine,
    boolean meaningful,
    BenchReport.Settings settings,
    SortedMap<String, Object> provenance,
    List<Row> ceilings,
    SortedMap<String, String> notMeasured,
    List<Row> operations) {

  /**
   * @param warmUps runs before the first that is timed
   * @param runs that are timed, at least
   * @param seconds that are timed, at least, whatever number of runs that takes
   */
  public record Settings(int warmUps, int runs, double seconds) {}

  /**
   * One operation at one size.
   *
   * @param threads that it was allowed
   * @param arithmetic element type of its arithmetic; null where it only moves
   * @param bytes to be moved at least
   * @param flops to be computed at least
   * @param counted how both are counted
   * @param limit what bounds it; null for a ceiling, and where no ceiling is known
   * @param onDevice what its kernels took; null where that was not asked for
   */
  public record Row(
      String operation,
      String sizes,
      int threads,
      String arithmetic,
      double bytes,
      double flops,
      String counted,
      Timing timing,
      Limit limit,
      OnDevice onDevice) {

    public double bytesPerSecond() {
      return bytes / timing.median();
    }

    public double flopsPerSecond() {
      return flops / timing.median();
    }

    /** Seconds below which the ceilings do not let it; null without a limit. */
    public Double floor() {
      return limit == null ? null : Double.valueOf(limit.seconds(bytes, flops));
    }

    /** The floor of the device's clock over the seconds on it; null without a limit or without kernels. */
    public Double shareOfDeviceCeiling() {
      return onDevice == null || onDevice.limit() == null || onDevice.seconds() == 0
          ? null
          : Double.valueOf(onDevice.limit().seconds(bytes, flops) / onDevice.seconds());
    }

    /** The floor over the median: 1 at the ceiling; null without a limit. */
    public Double shareOfCeiling() {
      return limit == null ? null : Double.valueOf(floor() / timing.median());
    }

    /** "memory" or "arithmetic", whichever ceiling is met first; null without a limit. */
    public String bound() {
      if (limit == null) {
        return null;
      }
      return limit.seconds(0, flops) > limit.seconds(bytes, 0) ? "arithmetic" : "memory";
    }
  }

  /** Seconds of one run: median, fastest and slowest of so many. */
  public record Timing(int runs, double median, double fastest, double slowest) {}

  /**
   * What one run took by the device's own clock, medians of so many runs; not the runs of {@link Timing}.
   *
   * @param seconds all kernels, library calls and the driver's copies on the device together
   * @param kernels each by itself, in the order of first launches
   * @param handedToCpu operations that the engine gave to the CPU meanwhile: the kernels did not do all
   * @param limit what bounds it, by the device's clock, too; null for a ceiling, where no ceiling is known, and where
   *     the kernels did not do all
   */
  public record OnDevice(int runs, double seconds, List<KernelTime> kernels, Set<String> handedToCpu, Limit limit) {}

  /**
   * The roofline (Williams, Waterman and Patterson, Communications of the ACM 52(4), 2009): no operation runs faster than
   * min(flopsPerSecond, flops/bytes · bytesPerSecond).
   *
   * @param flopsPerSecond of a matrix product; infinite where the operation computes nothing
   */
  public record Limit(double bytesPerSecond, double flopsPerSecond) {
    double seconds(double bytes, double flops) {
      return Math.max(bytes / bytesPerSecond, flops / flopsPerSecond);
    }
  }
}
