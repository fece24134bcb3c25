package org.scaleinv.engine.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.scaleinv.engine.KernelTime;

/**
 * Times what is put on a device's compute stream, by events before and after it, while it is switched on.
 *
 * <p>Safe for use by several threads at once; but work that another thread puts on the stream between two events is
 * timed, too.
 */
final class KernelTimer {
  private record Span(String name, long before, long after) {}

  private final Device device;
  private final List<Span> spans = new ArrayList<>();
  private boolean on;

  KernelTimer(Device device) {
    this.device = device;
  }

  /** The context must be current. */
  void around(String name, Runnable launch) {
    if (!isOn()) {
      launch.run();
      return;
    }
    long before = recorded();
    launch.run();
    keep(new Span(name, before, recorded()));
  }

  private long recorded() {
    long event = device.takeEvent();
    device.driver().record(event, device.streams().compute());
    return event;
  }

  private synchronized boolean isOn() {
    return on;
  }

  private synchronized void keep(Span span) {
    spans.add(span);
  }

  synchronized void start() {
    on = true;
  }

  /** By name, in the order of first launches, since the start; waits for the stream. The context must be current. */
  synchronized List<KernelTime> times() {
    device.driver().synchronize(device.streams().compute());
    Map<String, KernelTime> times = new LinkedHashMap<>();
    for (Span span : spans) {
      double seconds = device.driver().elapsed(span.before, span.after) / 1e3;
      times.merge(
          span.name,
          new KernelTime(span.name, 1, seconds),
          (sum, one) -> new KernelTime(span.name, sum.launches() + 1, sum.seconds() + one.seconds()));
    }
    return List.copyOf(times.values());
  }

  /** Forgets what was timed. */
  synchronized void stop() {
    on = false;
    for (Span span : spans) {
      device.giveEvent(span.before);
      device.giveEvent(span.after);
    }
    spans.clear();
  }
}
