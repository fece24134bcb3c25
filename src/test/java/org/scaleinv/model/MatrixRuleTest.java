package org.scaleinv.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaleinv.tensor.DType;

/** Tensors of any rank in a model of no known architecture. */
class MatrixRuleTest {

  @Test
  void vectorsAndScalarsHoldNoMatrix() {
    Checkpoint checkpoint = new TinyModel().tensor("scale").tensor("bias", 5).read();
    assertEquals("unknown", checkpoint.architecture());
    assertEquals(List.of(), checkpoint.matrices());
    assertEquals(List.of(), checkpoint.unplaced());
    assertEquals(6, checkpoint.parameters());
  }

  @Test
  void rank2IsAMatrix() {
    TinyModel model = new TinyModel().tensor("blocks.4.w", 2, 3);
    WeightMatrix weight = TinyModel.matrix(model.read(), "blocks.4.w");
    assertEquals("matrix", weight.role());
    assertEquals(4, weight.layer());
    assertArrayEquals(new float[][] {{1, 2, 3}, {4, 5, 6}}, TinyModel.values(weight.matrix()));
  }

  @Test
  void rank3IsAStackOfMatrices() {
    Checkpoint checkpoint = new TinyModel().tensor("experts.w", 3, 2, 2).read();
    assertEquals(3, checkpoint.matrices().size());
    assertArrayEquals(
        new float[][] {{5, 6}, {7, 8}}, TinyModel.values(TinyModel.matrix(checkpoint, "experts.w[1]").matrix()));
    assertArrayEquals(
        new float[][] {{9, 10}, {11, 12}}, TinyModel.values(TinyModel.matrix(checkpoint, "experts.w[2]").matrix()));
  }

  @Test
  void stackOfOneIsThatMatrix() {
    Checkpoint checkpoint = new TinyModel().tensor("w", 1, 2, 2).read();
    assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, TinyModel.values(TinyModel.matrix(checkpoint, "w").matrix()));
  }

  @ParameterizedTest
  @CsvSource({"conv1d.weight", "model.Conv_0.kernel"})
  void rank3OfAConvolutionIsOneMatrix(String name) {
    Checkpoint checkpoint = new TinyModel().tensor(name, 2, 2, 3).read();
    assertArrayEquals(
        new float[][] {{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10, 11, 12}},
        TinyModel.values(TinyModel.matrix(checkpoint, name).matrix()));
  }

  @Test
  void higherRanksAreKernels() {
    Checkpoint checkpoint = new TinyModel().tensor("a", 2, 3, 2, 2).tensor("b", 3, 2, 2, 2, 2).read();
    assertEquals(12, TinyModel.matrix(checkpoint, "a").matrix().columns());
    assertEquals(16, TinyModel.matrix(checkpoint, "b").matrix().columns());
    assertEquals(2 * 12 + 3 * 16, checkpoint.parameters());
  }

  @Test
  void aSideOfOneIsListed() {
    Checkpoint checkpoint =
        new TinyModel().tensor("row", 1, 4).tensor("column", 4, 1).tensor("mask", 1, 1, 3, 3).tensor("s", 3, 1, 4)
            .read();
    assertEquals(List.of(), checkpoint.matrices());
    for (String tensor : List.of("row", "column", "mask", "s")) {
      assertTrue(TinyModel.reason(checkpoint, tensor).contains("one row or column"), tensor);
    }
    assertEquals(4 + 4 + 9 + 12, checkpoint.parameters());
  }

  @Test
  void emptyTensorsAreListed() {
    Checkpoint checkpoint = new TinyModel().tensor("w", 0, 4).tensor("v", 0).read();
    assertEquals("no elements: shape [0, 4]", TinyModel.reason(checkpoint, "w"));
    assertEquals("no elements: shape [0]", TinyModel.reason(checkpoint, "v"));
    assertEquals(0, checkpoint.parameters());
  }

  @Test
  void aStackTallerThanTheLimitIsListedNotCutShort() {
    Checkpoint checkpoint = new TinyModel().tensor("w", MatrixRule.TALLEST_STACK + 1, 2, 2).read();
    assertEquals(List.of(), checkpoint.matrices());
    assertEquals(
        "not measured: a stack of 65537 matrices, expected at most 65536", TinyModel.reason(checkpoint, "w"));
  }

  @ParameterizedTest
  @EnumSource(names = {"C64", "F4", "F6_E2M3", "F6_E3M2"})
  void typesThatDoNotWidenAreCountedButNotMeasured(DType dtype) {
    Checkpoint checkpoint = new TinyModel().typed("w", dtype, 4, 4).read();
    assertEquals("not measured: dtype " + dtype, TinyModel.reason(checkpoint, "w"));
    assertEquals(List.of(), checkpoint.matrices());
    assertEquals(16, checkpoint.parameters());
  }

  @ParameterizedTest
  @EnumSource(names = {"BOOL", "U8", "I8", "U16", "I16", "U32", "I32", "U64", "I64"})
  void wholeNumbersAreNoWeights(DType dtype) {
    Checkpoint checkpoint = new TinyModel().typed("mask", dtype, 4, 4).tensor("w", 2, 2).read();
    assertEquals("no weights: dtype " + dtype, TinyModel.reason(checkpoint, "mask"));
    assertEquals(1, checkpoint.matrices().size());
    assertEquals(4, checkpoint.parameters());
  }

  @ParameterizedTest
  @EnumSource(names = {"F64", "F32", "F16", "BF16", "F8_E4M3", "F8_E5M2", "F8_E4M3FNUZ", "F8_E5M2FNUZ", "F8_E8M0"})
  void typesThatWidenAreMeasured(DType dtype) {
    Checkpoint checkpoint = new TinyModel().typed("w", dtype, 4, 4).read();
    assertEquals(dtype, TinyModel.matrix(checkpoint, "w").matrix().dtype());
  }

  @ParameterizedTest
  @CsvSource({
    "encoder.3.w, 3", "layers.12.experts.5.w, 12", "block.0.1.w, ", "w, ", "net.007.w, ", "x.1234567890.w, ",
    "experts.4.w, "
  })
  void layerIsTheOnlyNumberThatCountsNoExpert(String name, Integer layer) {
    Checkpoint checkpoint = new TinyModel().tensor(name, 2, 2).read();
    assertEquals(layer, TinyModel.matrix(checkpoint, name).layer());
  }
}
