package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class NeuronsTest {

  /** GPT-2 stores (in, out), LLaMA (out, in). */
  @Test
  void unitsAreTheLayersHiddenOnesWhicheverWayTheyAreStored() {
    for (Neurons units : TinyModels.gpt2("", 2, 3, 2).read().neurons()) {
      assertEquals(24, units.count());
      assertEquals(6, units.coordinates());
      assertEquals(units.weight().role().equals("mlp.in"), units.inColumns());
    }
    Checkpoint llama = TinyModels.llama(8, 2, 1, 4, 3).read();
    assertEquals(9, llama.neurons().size());
    for (Neurons units : llama.neurons()) {
      assertEquals(13, units.count());
      assertEquals(8, units.coordinates());
      assertEquals(units.weight().role().equals("mlp.out"), units.inColumns());
    }
  }

  @Test
  void aModelOfUnknownArchitectureHasNone() {
    assertTrue(new TinyModel().tensor("a", 4, 8).read().neurons().isEmpty());
  }
}
