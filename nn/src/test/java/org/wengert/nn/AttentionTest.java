package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.Variable;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

class AttentionTest {
  private static final AttentionMasks NONE = AttentionMasks.none();
  private static final AttentionMasks CAUSAL = NONE.causal(true);
  private static final TransformerOptions SMALL =
      TransformerOptions.defaults().feedforward(8).dropout(0).batchFirst(true);

  private static Variable random(int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, new Rng(3)));
  }

  private static void assertClose(Variable expected, Variable actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(
        expected.value().toDoubleArray(), actual.value().toDoubleArray(), 1e-5, "values");
  }

  private static void assertRefuses(String message, Executable call) {
    String actual = assertThrows(WengertException.class, call).getMessage();
    assertTrue(actual.startsWith(message), actual);
  }

  private static MultiheadAttention layer(AttentionOptions options) {
    return new MultiheadAttention(4, 2, options.batchFirst(true), new Rng(5));
  }

  private static MultiheadAttention layer() {
    return layer(AttentionOptions.defaults());
  }

  @Test
  void theKeysAreThoseOfPyTorch() {
    assertEquals(
        List.of("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"),
        List.copyOf(layer().stateDict().keySet()));
    assertEquals(
        List.of(
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "out_proj.weight",
            "out_proj.bias"),
        List.copyOf(layer(AttentionOptions.defaults().kdim(3)).stateDict().keySet()));
    assertEquals(
        List.of("in_proj_weight", "out_proj.weight"),
        List.copyOf(layer(AttentionOptions.defaults().bias(false)).stateDict().keySet()));
    List<String> keys =
        List.copyOf(
            new TransformerDecoder(new TransformerDecoderLayer(4, 2, SMALL, new Rng(1)), 2)
                .stateDict()
                .keySet());
    assertEquals(36, keys.size());
    assertEquals(
        List.of(
            "layers.1.self_attn.in_proj_weight",
            "layers.1.self_attn.in_proj_bias",
            "layers.1.self_attn.out_proj.weight",
            "layers.1.self_attn.out_proj.bias",
            "layers.1.multihead_attn.in_proj_weight",
            "layers.1.multihead_attn.in_proj_bias",
            "layers.1.multihead_attn.out_proj.weight",
            "layers.1.multihead_attn.out_proj.bias",
            "layers.1.linear1.weight",
            "layers.1.linear1.bias",
            "layers.1.linear2.weight",
            "layers.1.linear2.bias",
            "layers.1.norm1.weight",
            "layers.1.norm1.bias",
            "layers.1.norm2.weight",
            "layers.1.norm2.bias",
            "layers.1.norm3.weight",
            "layers.1.norm3.bias"),
        keys.subList(18, 36));
  }

  @Test
  void projectionsStartByXaviersRuleAndBiasesAtZero() {
    MultiheadAttention layer =
        new MultiheadAttention(32, 4, AttentionOptions.defaults(), new Rng(1));
    double bound = Math.sqrt(6.0 / (32 + 96));
    double largest = F.amax(F.abs(layer.namedParameters().get("in_proj_weight")), false).item();
    assertTrue(largest <= bound && largest > 0.98 * bound, "largest " + largest);
    assertEquals(0, layer.namedParameters().get("in_proj_bias").square().sum().item());
    assertEquals(0, layer.namedParameters().get("out_proj.bias").square().sum().item());
  }

  @Test
  void oneMatrixOrThreeGiveTheSame() {
    MultiheadAttention packed = layer();
    Variable x = random(2, 3, 4);
    Variable same = x.mul(1.0);
    assertClose(packed.forward(x), packed.forward(x, same, NONE));
    assertClose(packed.forward(x), packed.forward(x, x, same, NONE).output());
  }

  @Test
  void weightsSumToOneAndAreAveragedOverHeads() {
    Attention y = layer().forward(random(2, 3, 4), random(2, 5, 4), random(2, 5, 4), NONE);
    assertEquals(Shape.of(2, 2, 3, 5), y.weights().shape());
    assertEquals(Shape.of(2, 3, 5), y.averageWeights().shape());
    assertClose(Variable.constant(Tensor.ones(2, 2, 3)), y.weights().sum(-1));
    assertClose(y.weights().mean(1), y.averageWeights());
  }

  @Test
  void samplesMayComeFirstOrNotAtAll() {
    MultiheadAttention samplesFirst = layer();
    MultiheadAttention stepsFirst = new MultiheadAttention(4, 2);
    stepsFirst.loadStateDict(samplesFirst.stateDict());
    Variable x = random(2, 3, 4);
    Variable y = samplesFirst.forward(x, CAUSAL);
    assertClose(y, stepsFirst.forward(x.transpose(0, 1), CAUSAL).transpose(0, 1));
    assertClose(y.select(0, 1), stepsFirst.forward(x.select(0, 1), CAUSAL));
    Variable one = x.select(0, 1);
    Attention alone = samplesFirst.forward(one, one, one, CAUSAL);
    assertClose(y.select(0, 1), alone.output());
    assertEquals(Shape.of(2, 3, 3), alone.weights().shape());
    Variable hidden = Variable.constant(Tensor.of(false, false, true));
    assertClose(
        samplesFirst.forward(one.slice(0, 0, 2)),
        samplesFirst.forward(one, NONE.keyPadding(hidden)).slice(0, 0, 2));
  }

  @Test
  void allWaysToHideTheFutureAgree() {
    MultiheadAttention layer = layer();
    Variable x = random(2, 3, 4);
    Variable expected = layer.forward(x, CAUSAL);
    Variable mask = AttentionMasks.causalMask(3);
    Variable zeros = Variable.constant(Tensor.zeros(3, 3));
    Variable numbers = F.where(mask, F.fullLike(zeros, Double.NEGATIVE_INFINITY), zeros);
    Variable perHead = mask.reshape(1, 3, 3).expand(Shape.of(4, 3, 3));
    for (Variable way : List.of(mask, numbers, perHead)) {
      assertClose(expected, layer.forward(x, NONE.attention(way)));
      assertClose(expected, layer.forward(x, x, x, CAUSAL.attention(way)).output());
    }
    assertClose(expected.slice(1, 0, 1), layer.forward(x.slice(1, 0, 1)));
  }

  @Test
  void paddingIsAsIfItWereNotThere() {
    MultiheadAttention layer = layer();
    Variable x = random(2, 4, 4);
    Variable padding =
        Variable.constant(
            Tensor.of(false, false, false, true, false, false, false, true).reshape(2, 4));
    Variable expected = layer.forward(x.slice(1, 0, 3), CAUSAL);
    Variable numbers = padding.to(DType.FLOAT32).mul(-1e9);
    for (Variable keys : List.of(padding, numbers)) {
      AttentionMasks masks = NONE.keyPadding(keys);
      Variable mask = AttentionMasks.causalMask(4);
      assertClose(expected, layer.forward(x, masks.causal(true)).slice(1, 0, 3));
      assertClose(expected, layer.forward(x, masks.attention(mask)).slice(1, 0, 3));
      assertClose(
          expected,
          layer.forward(x, masks.attention(mask.to(DType.FLOAT32).mul(-1e9))).slice(1, 0, 3));
    }
  }

  @Test
  void aQueryThatMayAttendToNothingGetsTheBiasAlone() {
    MultiheadAttention layer = layer(AttentionOptions.defaults().bias(false));
    Leaf x = Variable.of(random(1, 2, 4).value());
    Variable all = Variable.constant(Tensor.of(true, true).reshape(1, 2));
    Variable y = layer.forward(x, NONE.keyPadding(all));
    assertEquals(0, y.square().sum().item());
    y.sum().backward();
    assertEquals(0, Variable.constant(x.grad()).square().sum().item());
  }

  @Test
  void droppedWeightsAreSeenAndOnlyInTraining() {
    MultiheadAttention layer = layer(AttentionOptions.defaults().dropout(0.5));
    Variable x = random(2, 8, 4);
    Attention y = layer.forward(x, x, x, NONE);
    double zeros = F.eq(y.weights(), 0).to(DType.FLOAT32).mean().item();
    assertEquals(0.5, zeros, 0.15);
    Rng.seed(2);
    Variable first = layer.forward(x);
    Rng.seed(2);
    assertClose(first, layer.forward(x, x, x, NONE).output());
    layer.eval();
    assertClose(layer.forward(x), layer.forward(x, x, x, NONE).output());
  }

  @Test
  void anEncoderStartsAsCopiesThatLearnApart() {
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, SMALL, new Rng(1));
    TransformerEncoder encoder = new TransformerEncoder(layer, 2);
    Variable x = random(2, 3, 4);
    assertClose(layer.forward(layer.forward(x, CAUSAL), CAUSAL), encoder.forward(x, CAUSAL));
    assertEquals(2 * layer.parameters().size(), encoder.parameters().size());
    assertEquals(4, encoder.layers().getFirst().dModel());
  }

  @Test
  void theDecoderSeesTheMemoryAndNoFuture() {
    TransformerDecoderLayer layer =
        new TransformerDecoderLayer(4, 2, SMALL.normFirst(true), new Rng(1));
    TransformerDecoder decoder = new TransformerDecoder(layer, 2, new LayerNorm(4));
    Variable x = random(2, 3, 4);
    Variable memory = random(2, 5, 4);
    Variable y = decoder.forward(x, memory, CAUSAL, NONE);
    Variable begin = decoder.forward(x.slice(1, 0, 2), memory, CAUSAL, NONE);
    assertClose(y.slice(1, 0, 2), begin);
    assertTrue(
        y.sub(decoder.forward(x, memory.mul(2.0), CAUSAL, NONE)).square().sum().item() > 0.1);
    assertTrue(y.sub(decoder.forward(x, memory)).square().sum().item() > 0.1);
  }

  @Test
  void aTransformerHidesPaddingOfTheSourceFromTheDecoder() {
    Transformer transformer =
        new Transformer(
            new TransformerEncoder(new TransformerEncoderLayer(4, 2, SMALL, new Rng(1)), 1),
            new TransformerDecoder(new TransformerDecoderLayer(4, 2, SMALL, new Rng(2)), 1),
            new Rng(3));
    Variable source = random(1, 3, 4);
    Variable target = random(1, 2, 4).mul(2.0);
    Variable padding = Variable.constant(Tensor.of(false, false, true).reshape(1, 3));
    assertClose(
        transformer.forward(source.slice(1, 0, 2), target, NONE, CAUSAL),
        transformer.forward(source, target, NONE.keyPadding(padding), CAUSAL));
    assertEquals(6, new Transformer(2, 1).encoder().layers().size());
    assertEquals(6, new Transformer(2, 1).decoder().layers().size());
  }

  @Test
  void positionsAreWavesOfGrowingLength() {
    PositionalEncoding positions = new PositionalEncoding(4);
    Variable y = positions.forward(Variable.constant(Tensor.zeros(3, 2, 4)));
    double[] expected = {
      Math.sin(2), Math.cos(2), Math.sin(0.02), Math.cos(0.02),
    };
    assertArrayEquals(expected, y.select(0, 2).select(0, 1).value().toDoubleArray(), 1e-6);
    assertClose(y.select(1, 0), positions.forward(Variable.constant(Tensor.zeros(3, 4))));
    assertThrows(OptionException.class, () -> new PositionalEncoding(0));
  }

  @Test
  void wrongOptionsAndMasksSayWhatIsMeant() {
    assertRefuses(
        "MultiheadAttention of 6 features in 4 heads\n"
            + "  hint: both numbers are at least 1, and the features a multiple of the heads",
        () -> new MultiheadAttention(6, 4));
    assertRefuses("keys of -1 features, values of 0\n", () -> AttentionOptions.defaults().kdim(-1));
    assertThrows(OptionException.class, () -> AttentionOptions.defaults().dropout(-1));
    assertRefuses("a transformer with feedforward 0", () -> SMALL.feedforward(0));
    assertRefuses(
        "0 copies of a TransformerEncoderLayer",
        () -> new TransformerEncoder(new TransformerEncoderLayer(2, 1), 0));
    MultiheadAttention layer = layer();
    Variable x = random(2, 3, 4);
    assertRefuses(
        "MultiheadAttention: an attention mask of shape (2, 2)\n"
            + "  hint: it has shape (3, 3), or (4, 3, 3) with samples · heads in front",
        () -> layer.forward(x, NONE.attention(AttentionMasks.causalMask(2))));
    assertRefuses(
        "MultiheadAttention: a key padding mask of shape (3)\n"
            + "  hint: it has shape (2, 3): samples, keys",
        () -> layer.forward(x, NONE.keyPadding(Variable.constant(Tensor.zeros(3)))));
    TransformerDecoderLayer decoder = new TransformerDecoderLayer(2, 1);
    assertRefuses(
        "TransformerDecoderLayer has two inputs, got one\n  hint: call forward(x, memory)",
        () -> decoder.forward(x));
  }
}
