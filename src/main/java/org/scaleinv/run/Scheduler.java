package org.scaleinv.run;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import org.scaleinv.error.Cancelled;
import org.scaleinv.error.EngineFailure;
import org.scaleinv.error.Escape;

/**
 * Runs jobs on a fixed number of threads, the costliest first, so that the last ones to end are short.
 *
 * <p>A job gets more than one thread when its share of the work still to be done asks for it and threads are idle: a
 * large matrix does not outlast all others on one thread. At no time do jobs hold more threads than there are, nor
 * more memory together than the limit; a job that alone needs more is refused.
 */
final class Scheduler {
  private final int threads;
  private final long memory;

  private int idle;
  private long heldBytes;
  private int running;
  private double costLeft;
  private Throwable failure;

  /**
   * @param memory limit in bytes of what running jobs expect to use together
   */
  Scheduler(int threads, long memory) {
    this.threads = threads;
    this.memory = memory;
    this.idle = threads;
  }

  /**
   * Runs all jobs and returns when they are done.
   *
   * @param done hears the cost of each job when it ends
   * @throws EngineFailure before any job starts, when one cannot fit into memory
   * @throws RuntimeException the first that a job threw; no job is started after it
   */
  void run(List<Job> jobs, DoubleConsumer done) {
    jobs.forEach(this::requireMemory);
    costLeft = jobs.stream().mapToDouble(Job::cost).sum();
    List<Job> order = jobs.stream().sorted(Comparator.comparingDouble(Job::cost).reversed()).toList();
    AtomicInteger number = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(threads, body -> worker(body, number.incrementAndGet()));
    try {
      for (Job job : order) {
        int share = acquire(job);
        if (share == 0) {
          break;
        }
        pool.execute(() -> execute(job, share, done));
      }
      awaitAll();
    } finally {
      pool.shutdown();
    }
    throwFailure();
  }

  private static Thread worker(Runnable body, int number) {
    return Thread.ofPlatform().daemon().name("worker-" + number).unstarted(body);
  }

  private void requireMemory(Job job) {
    if (job.bytes() > memory) {
      throw new EngineFailure(
          "measuring " + Escape.quoted(job.name()) + " needs about " + Sizes.bytes(job.bytes())
              + " of memory, this machine offers " + Sizes.bytes(memory));
    }
  }

  /** Waits for a thread and for memory; the number of threads that the job may use, 0 when another job failed. */
  private synchronized int acquire(Job job) {
    while (failure == null && (idle == 0 || (running > 0 && heldBytes + job.bytes() > memory))) {
      pause();
    }
    if (failure != null) {
      return 0;
    }
    double fair = costLeft > 0 ? threads * job.cost() / costLeft : 1;
    int share = (int) Math.clamp(Math.floor(fair), 1, idle);
    idle -= share;
    heldBytes += job.bytes();
    running++;
    return share;
  }

  private void execute(Job job, int share, DoubleConsumer done) {
    Throwable thrown = null;
    try {
      job.body().run(share);
      done.accept(job.cost());
    } catch (Throwable t) {
      thrown = t;
    }
    release(job, share, thrown);
  }

  private synchronized void release(Job job, int share, Throwable thrown) {
    idle += share;
    heldBytes -= job.bytes();
    running--;
    costLeft -= job.cost();
    if (failure == null) {
      failure = thrown;
    }
    notifyAll();
  }

  private synchronized void awaitAll() {
    while (running > 0) {
      pause();
    }
  }

  /** An interrupt stops further jobs; those that run are waited for, since they use the model's files. */
  private void pause() {
    try {
      wait();
    } catch (InterruptedException e) {
      failure = failure == null ? new Cancelled() : failure;
    }
  }

  private synchronized void throwFailure() {
    switch (failure) {
      case null -> {
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }
}
