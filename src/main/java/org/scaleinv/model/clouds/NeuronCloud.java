package org.scaleinv.model.clouds;

import java.util.TreeMap;
import org.scaleinv.engine.Engine;
import org.scaleinv.model.Neurons;

/** The hidden units of one layer, each the vector of its weights. */
public record NeuronCloud(Neurons neurons) implements Cloud {
  @Override
  public String subject() {
    return neurons.weight().subject();
  }

  @Override
  public String role() {
    return neurons.weight().role();
  }

  @Override
  public Integer layer() {
    return neurons.weight().layer();
  }

  @Override
  public long size() {
    return neurons.count();
  }

  @Override
  public long coordinates() {
    return neurons.coordinates();
  }

  @Override
  public double flops() {
    return 0;
  }

  @Override
  public long bytes() {
    return 0;
  }

  @Override
  public Sample sample(Engine engine, int most, long seed, int threads) {
    int all = Math.toIntExact(size());
    int[] chosen = Orders.draw(Math.min(most, all), all, seed, "neurons", all);
    PointCloud points = PointReader.read(engine, neurons.weight().matrix(), neurons.inColumns(), chosen);
    return new Sample(points, chosen, new TreeMap<>());
  }
}
