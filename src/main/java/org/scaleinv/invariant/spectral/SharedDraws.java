package org.scaleinv.invariant.spectral;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A fixed number of draws that all who need them make together: each takes the next draw that nobody has taken, then
 * waits for the others'. Safe for use by several threads at once; who makes which does not change a draw.
 */
final class SharedDraws<T> {
  private final List<CompletableFuture<T>> draws;
  private final AtomicInteger next = new AtomicInteger();

  SharedDraws(int count) {
    draws = IntStream.range(0, count).mapToObj(draw -> new CompletableFuture<T>()).toList();
  }

  /**
   * All draws, in order.
   *
   * @throws RuntimeException what a draw threw, for all who need it
   */
  List<T> all(IntFunction<T> make) {
    for (int draw = next.getAndIncrement(); draw < draws.size(); draw = next.getAndIncrement()) {
      try {
        draws.get(draw).complete(make.apply(draw));
      } catch (RuntimeException | Error failed) {
        draws.get(draw).completeExceptionally(failed);
      }
    }
    return draws.stream().map(SharedDraws::join).toList();
  }

  private static <T> T join(CompletableFuture<T> draw) {
    try {
      return draw.join();
    } catch (CompletionException failed) {
      switch (failed.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        default -> throw failed;
      }
    }
  }
}
