package org.scaleinv.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.scaleinv.engine.Metric;
import org.scaleinv.engine.Rips;
import org.scaleinv.error.Escape;
import org.scaleinv.error.UsageError;
import org.scaleinv.space.InputFormat;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that say what is read and which homology is found. */
final class HomologyOptions {
  private static final int LARGEST_MODULUS = 32749;
  private static final long KIB = 1024;

  /** Names on the command line in lower case. */
  enum CollapseChoice {
    auto,
    always,
    never
  }

  @Option(
      names = "--input-format",
      defaultValue = "auto",
      paramLabel = "FORMAT",
      converter = FormatName.class,
      description = "What the numbers are: auto, point-cloud, distance, lower-distance, upper-distance, sparse, dipha "
          + "or binary (default: ${DEFAULT-VALUE}, by name and content; standard error says what was taken).")
  InputFormat inputFormat;

  @Option(names = "--tensor", paramLabel = "NAME", description = "Which tensor of a safetensors file is read.")
  String tensor;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      converter = MetricName.class,
      description = "Distance of points: euclidean, squared-euclidean, cosine, manhattan, chebyshev or correlation "
          + "(default: euclidean).")
  Metric metric;

  @Option(
      names = "--dim",
      defaultValue = "1",
      paramLabel = "K",
      description = "Highest dimension of homology (default: ${DEFAULT-VALUE}).")
  int dimension;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "Longest edge (default: the enclosing radius; all pairs listed of a sparse input).")
  Float threshold;

  @Option(
      names = "--modulus",
      defaultValue = "2",
      paramLabel = "P",
      description = "Prime of the coefficients Z/P, up to 32749 (default: ${DEFAULT-VALUE}).")
  int modulus;

  @Option(names = "--cocycles", description = "Simplices that begin and end each class, and a cocycle, too.")
  boolean cocycles;

  @Option(
      names = "--collapse",
      defaultValue = "auto",
      paramLabel = "WHEN",
      description = "Collapse edges first: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}, where it is expected to "
          + "pay). Changes no diagram.")
  CollapseChoice collapse;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = MemorySize.class,
      description = "Most memory that the computation may take, such as 800M or 16G (default: this machine's).")
  Long memory;

  /** @throws UsageError for values that cannot work */
  Rips rips() {
    if (dimension < 0) {
      throw new UsageError("--dim has to be at least 0; given: " + dimension);
    }
    if (modulus > LARGEST_MODULUS || !isPrime(modulus)) {
      throw new UsageError("--modulus has to be a prime up to " + LARGEST_MODULUS + "; given: " + modulus);
    }
    if (threshold != null && !(threshold >= 0)) {
      throw new UsageError("--threshold has to be a number from 0; given: " + threshold);
    }
    if (cocycles && collapse == CollapseChoice.always) {
      throw new UsageError("--cocycles are those of the input, which --collapse always would lose");
    }
    return new Rips(
        dimension,
        modulus,
        threshold == null ? Float.NaN : threshold,
        Rips.Collapse.valueOf(collapse.name().toUpperCase(Locale.ROOT)),
        cocycles,
        Set.of(),
        memory == null ? 0 : memory);
  }

  /** By trial: BigInteger would set up the machine's source of randomness for it. */
  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number >= 2;
  }

  /** A format by the name that users know. */
  static final class FormatName implements ITypeConverter<InputFormat> {
    @Override
    public InputFormat convert(String name) {
      return InputFormat.named(name)
          .orElseThrow(
              () -> new TypeConversionException(
                  "expected " + InputFormat.names() + ", but was " + Escape.quoted(name)));
    }
  }

  /** A metric by the name that users know. */
  static final class MetricName implements ITypeConverter<Metric> {
    @Override
    public Metric convert(String name) {
      return Arrays.stream(Metric.values())
          .filter(metric -> plain(metric).equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(
              () -> new TypeConversionException(
                  "expected "
                      + Arrays.stream(Metric.values()).map(MetricName::plain).collect(Collectors.joining(", "))
                      + ", but was " + Escape.quoted(name)));
    }

    private static String plain(Metric metric) {
      return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Bytes, with k, M, G or T for powers of 1024. */
  static final class MemorySize implements ITypeConverter<Long> {
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([kKmMgGtT]?)[iI]?[bB]?");
    private static final String UNITS = "KMGT";

    @Override
    public Long convert(String text) {
      Matcher size = SIZE.matcher(text);
      if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
        throw new TypeConversionException("expected a size such as 800M or 16G, but was " + Escape.quoted(text));
      }
      long bytes = Long.parseLong(size.group(1));
      int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2).toUpperCase(Locale.ROOT)) + 1;
      for (int i = 0; i < power; i++) {
        bytes = Math.multiplyExact(bytes, KIB);
      }
      return bytes;
    }
  }
}
