package org.scaleinv.run.bench;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.scaleinv.engine.BestPartners;
import org.scaleinv.engine.Buffer;
import org.scaleinv.engine.Correlation;
import org.scaleinv.engine.Distances;
import org.scaleinv.engine.Engine;
import org.scaleinv.engine.Persistence;
import org.scaleinv.engine.PersistentHomology;
import org.scaleinv.engine.Probe;
import org.scaleinv.engine.Spectra;
import org.scaleinv.engine.Widening;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Matrix;
import org.scaleinv.tensor.Panel;

/** The engine of another name; and one that, where asked to, gives a single wrong number in each answer, the last. */
record FalseEngine(Engine engine, String name, boolean wrong) implements Engine {
  private static final int HIGHEST_EXPONENT_BIT = 0x40;

  @Override
  public Buffer upload(Matrix matrix, Panel panel) {
    return engine.upload(matrix, panel);
  }

  @Override
  public Buffer upload(MemorySegment elements, DType dtype, long rows, long columns) {
    return engine.upload(elements, dtype, rows, columns);
  }

  @Override
  public void download(Buffer buffer, MemorySegment destination) {
    engine.download(buffer, destination);
    if (wrong) {
      long last = destination.byteSize() - 1;
      byte found = destination.get(ValueLayout.JAVA_BYTE, last);
      destination.set(ValueLayout.JAVA_BYTE, last, (byte) (found ^ HIGHEST_EXPONENT_BIT));
    }
  }

  @Override
  public Widening widening() {
    return engine.widening();
  }

  @Override
  public Spectra spectra() {
    return spoiling(Spectra.class, engine.spectra());
  }

  private <T> T spoiling(Class<T> capability, T real) {
    Object wrapped =
        Proxy.newProxyInstance(
            capability.getClassLoader(),
            new Class<?>[] {capability},
            (proxy, method, arguments) -> {
              try {
                return spoilt(method.invoke(real, arguments));
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
    return capability.cast(wrapped);
  }

  /** One part in 10⁶, far beyond rounding, and nothing that an eye would see; the wrong partner, or the next length. */
  private Object spoilt(Object answer) {
    double[] values =
        switch (answer) {
          case double[] one -> one;
          case double[][] several -> several[several.length - 1];
          case Spectra.SingularVectors decomposition -> decomposition.right();
          case null, default -> null;
        };
    if (wrong && values != null) {
      values[values.length - 1] *= 1 + 1e-6;
    }
    if (wrong && answer instanceof BestPartners best) {
      best.partners()[best.partners().length - 1] ^= 1;
    }
    if (wrong && answer instanceof PersistentHomology homology) {
      float[] births = homology.diagram(1).births();
      births[births.length - 1] = Math.nextUp(births[births.length - 1]);
    }
    return answer;
  }

  @Override
  public Correlation correlation() {
    return spoiling(Correlation.class, engine.correlation());
  }

  @Override
  public Distances distances() {
    return engine.distances();
  }

  @Override
  public Persistence persistence() {
    return spoiling(Persistence.class, engine.persistence());
  }

  @Override
  public Probe probe() {
    return engine.probe();
  }

  @Override
  public void close() {}
}
