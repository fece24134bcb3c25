package org.scaleinv.bench;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.scaleinv.safetensors.SafetensorsWriter;
import org.scaleinv.tensor.DType;
import org.scaleinv.tensor.Shape;
import org.scaleinv.tensor.Tensor;

/**
 * Writes a model folder with weights of GPT-2's names and shapes, independent normal numbers in F32.
 *
 * <p>Arguments: FOLDER [LAYERS WIDTH HEADS], by default those of GPT-2 small (12, 768, 12; 124 M parameters).
 */
public final class Gpt2Weights {
  private static final int POSITIONS = 1024;
  private static final int VOCABULARY = 50257;
  private static final double DEVIATION = 0.02;

  private Gpt2Weights() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createDirectories(Path.of(arguments[0]));
    int layers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 12;
    int width = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 768;
    int heads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 12;
    List<Tensor> tensors = new ArrayList<>();
    tensors.add(normal("wte.weight", VOCABULARY, width));
    tensors.add(normal("wpe.weight", POSITIONS, width));
    for (int layer = 0; layer < layers; layer++) {
      tensors.add(normal("h." + layer + ".attn.c_attn.weight", width, 3 * width));
      tensors.add(normal("h." + layer + ".attn.c_proj.weight", width, width));
      tensors.add(normal("h." + layer + ".mlp.c_fc.weight", width, 4 * width));
      tensors.add(normal("h." + layer + ".mlp.c_proj.weight", 4 * width, width));
    }
    Files.writeString(
        folder.resolve("config.json"),
        """
        {"model_type": "gpt2", "n_embd": %d, "n_layer": %d, "n_head": %d, "n_positions": %d, "vocab_size": %d}
        """
            .formatted(width, layers, heads, POSITIONS, VOCABULARY));
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of());
  }

  private static Tensor normal(String name, long rows, long columns) {
    return new Normal(name, Shape.of(rows, columns));
  }

  /** Made as it is written, piece by piece. */
  private record Normal(String name, Shape shape) implements Tensor {
    private static final ValueLayout.OfFloat ELEMENT =
        ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Override
    public DType dtype() {
      return DType.F32;
    }

    @Override
    public String origin() {
      return "generated";
    }

    @Override
    public void read(long byteOffset, MemorySegment destination) {
      var random = new SplittableRandom(31L * name.hashCode() + byteOffset);
      for (long i = 0; i < destination.byteSize(); i += Float.BYTES) {
        destination.set(ELEMENT, i, (float) (DEVIATION * random.nextGaussian()));
      }
    }
  }
}
