package org.scaleinv.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaleinv.error.BadInput;
import org.scaleinv.error.EngineFailure;

class SchedulerTest {
  private static final long ENOUGH = Long.MAX_VALUE;

  @RepeatedTest(20)
  void everyJobRunsOnceWithinThreadsAndMemory(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int threads = 1 + random.nextInt(4);
    long memory = 1000;
    AtomicInteger heldThreads = new AtomicInteger();
    AtomicLong heldBytes = new AtomicLong();
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    List<String> broken = Collections.synchronizedList(new ArrayList<>());
    List<Job> jobs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String name = "job" + i;
      long bytes = random.nextInt(1001);
      jobs.add(new Job(name, Math.pow(10, 6 * random.nextDouble()), bytes, share -> {
        if (heldThreads.addAndGet(share) > threads || heldBytes.addAndGet(bytes) > memory) {
          broken.add(name + " of seed " + repetition.getCurrentRepetition());
        }
        Thread.yield();
        runs.merge(name, 1, Integer::sum);
        heldBytes.addAndGet(-bytes);
        heldThreads.addAndGet(-share);
      }));
    }
    double[] done = {0};
    new Scheduler(threads, memory).run(jobs, cost -> {
      synchronized (done) {
        done[0] += cost;
      }
    });
    assertEquals(List.of(), broken);
    assertEquals(40, runs.size());
    assertTrue(runs.values().stream().allMatch(count -> count == 1));
    assertEquals(jobs.stream().mapToDouble(Job::cost).sum(), done[0], 1e-9 * done[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void aLoneJobGetsAllThreads(int threads) {
    int[] share = {0};
    new Scheduler(threads, ENOUGH).run(List.of(new Job("alone", 1, 0, s -> share[0] = s)), cost -> {});
    assertEquals(threads, share[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void manyEqualJobsGetOneThreadEachToStartWith(int threads) {
    List<Integer> shares = Collections.synchronizedList(new ArrayList<>());
    List<Job> jobs = Collections.nCopies(10 * threads, new Job("equal", 1, 0, shares::add));
    new Scheduler(threads, ENOUGH).run(jobs, cost -> {});
    assertEquals(1, shares.getFirst());
  }

  @Test
  void onOneThreadTheCostliestGoFirst() {
    List<Double> order = new ArrayList<>();
    List<Job> jobs = new ArrayList<>();
    for (double cost : new double[] {2, 9, 4, 7}) {
      jobs.add(new Job("job", cost, 0, share -> order.add(cost)));
    }
    new Scheduler(1, ENOUGH).run(jobs, cost -> {});
    assertEquals(List.of(9.0, 7.0, 4.0, 2.0), order);
  }

  @Test
  void theFirstFailureEndsTheRunAndIsTheOneThrown() {
    BadInput broken = new BadInput("truncated", "file ends early");
    AtomicInteger later = new AtomicInteger();
    List<Job> jobs = new ArrayList<>();
    jobs.add(new Job("broken", 100, 0, share -> {
      throw broken;
    }));
    jobs.addAll(Collections.nCopies(50, new Job("later", 1, 0, share -> later.incrementAndGet())));
    assertSame(broken, assertThrows(BadInput.class, () -> new Scheduler(1, ENOUGH).run(jobs, cost -> {})));
    assertEquals(0, later.get());
  }

  @Test
  void aJobThatCannotFitIntoMemoryIsRefusedWithTheNumbersBeforeAnyRuns() {
    AtomicInteger ran = new AtomicInteger();
    List<Job> jobs = List.of(
        new Job("small", 9, 10, share -> ran.incrementAndGet()),
        new Job("w\n", 1, 3_000_000_000L, share -> ran.incrementAndGet()));
    EngineFailure refused =
        assertThrows(EngineFailure.class, () -> new Scheduler(2, 2_000_000_000L).run(jobs, cost -> {}));
    assertEquals(
        "measuring \"w\\u000a\" needs about 3.00 GB of memory, this machine offers 2.00 GB", refused.getMessage());
    assertEquals(0, ran.get());
  }
}
