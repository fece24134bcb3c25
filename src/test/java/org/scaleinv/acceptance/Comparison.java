package org.scaleinv.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * A kernel of the project beside a library's for the same work, both by the device's clock.
 *
 * @param kernels of the project, by name
 * @param seconds of the kernels; null where it was not compared
 * @param librarySeconds of the library
 * @param notCompared why; null where it was
 */
record Comparison(
    String operation, String sizes, String kernels, Double seconds, String library, Double librarySeconds,
    String notCompared) {

  private static final String OWN_GRAM = "gram_accumulate";
  private static final String DSYRK = "cuBLAS dsyrk";
  private static final String SGEMM = "cuBLAS sgemm";
  private static final String NOT_BOUND = "nothing in the project calls cuSOLVER";
  private static final String NOT_TIMED = "one of the two was not timed";

  /**
   * @param benches every {@code scaleinv.bench/1} of the acceptance
   */
  static List<Comparison> of(List<JsonNode> benches) {
    List<Comparison> all = new ArrayList<>();
    all.add(gram(benches));
    for (JsonNode bench : benches) {
      for (JsonNode operation : bench.get("operations")) {
        if (operation.path("arithmetic").asText().equals("F32")) {
          all.add(products(operation, bench));
        }
      }
    }
    all.add(notCompared("eigenvalues", "cuSOLVER dsyevd", NOT_BOUND));
    all.add(notCompared("singular-values.single", "cuSOLVER dgesvd", NOT_BOUND));
    all.add(
        notCompared(
            "singular-values.batch", "cuSOLVER dgesvdjBatched", NOT_BOUND + "; this routine stops at 32 x 32 besides"));
    all.add(notCompared("triangles.accumulate", "cuBLAS dgeqrfBatched", "it starts anew and adds to no triangle"));
    return all;
  }

  private static Comparison notCompared(String operation, String library, String why) {
    return new Comparison(operation, null, null, null, library, null, why);
  }

  private static Comparison gram(List<JsonNode> benches) {
    JsonNode own = null;
    JsonNode library = null;
    for (JsonNode bench : benches) {
      for (JsonNode operation : bench.get("operations")) {
        if (operation.get("operation").textValue().equals("gram")) {
          own = kernel(operation, OWN_GRAM) == null ? own : operation;
          library = kernel(operation, DSYRK) == null ? library : operation;
        }
      }
    }
    if (own == null || library == null) {
      return new Comparison("gram", null, OWN_GRAM, null, DSYRK, null, NOT_TIMED);
    }
    return new Comparison(
        "gram", own.get("sizes").textValue(), OWN_GRAM, kernel(own, OWN_GRAM).get("seconds").doubleValue(), DSYRK,
        kernel(library, DSYRK).get("seconds").doubleValue(), null);
  }

  /** Beside as many operations at the rate of a matrix product: the library has neither distances nor correlations. */
  private static Comparison products(JsonNode operation, JsonNode bench) {
    JsonNode product =
        StreamSupport.stream(bench.get("ceilings").spliterator(), false)
            .filter(ceiling -> kernel(ceiling, SGEMM) != null)
            .findFirst()
            .orElse(null);
    String name = operation.get("operation").textValue();
    String sizes = operation.get("sizes").textValue();
    JsonNode kernels = operation.path("device").path("kernels");
    if (product == null || kernels.isEmpty()) {
      return new Comparison(name, sizes, null, null, SGEMM, null, NOT_TIMED);
    }
    List<String> names = kernels.findValuesAsText("kernel");
    double rate = product.get("flops").doubleValue() / kernel(product, SGEMM).get("seconds").doubleValue();
    return new Comparison(
        name, sizes, String.join(", ", names), operation.path("device").get("seconds").doubleValue(),
        SGEMM + " at its rate", operation.get("flops").doubleValue() / rate, null);
  }

  private static JsonNode kernel(JsonNode operation, String name) {
    for (JsonNode kernel : operation.path("device").path("kernels")) {
      if (kernel.get("kernel").textValue().equals(name)) {
        return kernel;
      }
    }
    return null;
  }

  Map<String, Object> json() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("operation", operation);
    form.put("sizes", sizes);
    form.put("kernels", kernels);
    form.put("seconds", seconds);
    form.put("library", library);
    form.put("library_seconds", librarySeconds);
    form.put("not_compared", notCompared);
    return form;
  }
}
