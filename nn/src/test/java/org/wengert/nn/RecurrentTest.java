package org.wengert.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.wengert.F;
import org.wengert.LstmState;
import org.wengert.Recurrent;
import org.wengert.Variable;
import org.wengert.nn.RNN.Nonlinearity;
import org.wengert.tensor.DType;
import org.wengert.tensor.OptionException;
import org.wengert.tensor.Rng;
import org.wengert.tensor.Shape;
import org.wengert.tensor.ShapeException;
import org.wengert.tensor.Tensor;
import org.wengert.tensor.WengertException;

class RecurrentTest {
  private static final RNNOptions ONE = RNNOptions.defaults();
  private static final RNNOptions DEEP = ONE.layers(2).bidirectional(true);

  private static Variable random(int... sizes) {
    return Variable.constant(Tensor.randn(Shape.of(sizes), DType.FLOAT32, new Rng(3)));
  }

  private static void assertClose(Variable expected, Variable actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(
        expected.value().toDoubleArray(), actual.value().toDoubleArray(), 1e-6, "values");
  }

  private static void assertRefuses(String message, Executable call) {
    assertEquals(message, assertThrows(WengertException.class, call).getMessage());
  }

  @Test
  void theKeysAreThoseOfPyTorch() {
    assertEquals(
        List.of(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse",
            "weight_ih_l1",
            "weight_hh_l1",
            "bias_ih_l1",
            "bias_hh_l1",
            "weight_ih_l1_reverse",
            "weight_hh_l1_reverse",
            "bias_ih_l1_reverse",
            "bias_hh_l1_reverse"),
        List.copyOf(new LSTM(3, 2, DEEP).stateDict().keySet()));
    assertEquals(
        Shape.of(8, 4), new LSTM(3, 2, DEEP).namedParameters().get("weight_ih_l1").shape());
    assertEquals(
        List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh"),
        List.copyOf(new GRUCell(3, 2).stateDict().keySet()));
  }

  @Test
  void weightsStartUniformWithinOneOverRootOfHidden() {
    for (Variable weight : new GRU(4, 100).parameters()) {
      double largest = F.amax(F.abs(weight), false).item();
      assertTrue(largest <= 0.1 && largest > 0.09, weight.name() + " " + largest);
    }
  }

  @Test
  void aNetworkIsItsCellStepByStep() {
    LSTM network = new LSTM(3, 2);
    LSTMCell cell = new LSTMCell(3, 2);
    cell.parameters().forEach(p -> p.assign(network.stateDict().get(p.name() + "_l0")));
    Variable x = random(4, 2, 3);
    LstmState state = new LstmState(random(2, 2), random(2, 2).mul(2.0));
    Recurrent<LstmState> y =
        network.forward(
            x, new LstmState(F.unsqueeze(state.hidden(), 0), F.unsqueeze(state.cell(), 0)));
    for (int t = 0; t < 4; t++) {
      state = cell.forward(x.select(0, t), state);
      assertClose(y.output().select(0, t), state.hidden());
    }
    assertClose(y.last().cell().select(0, 0), state.cell());
  }

  @Test
  void aSequenceReadInPartsGivesTheSame() {
    GRU gru = new GRU(3, 2, ONE.layers(2));
    Variable x = random(5, 2, 3);
    Recurrent<Variable> whole = gru.forward(x, gru.initialState(2));
    Recurrent<Variable> first = gru.forward(x.slice(0, 0, 2), gru.initialState(2));
    Recurrent<Variable> second = gru.forward(x.slice(0, 2, 5), first.last());
    assertClose(whole.output(), F.cat(List.of(first.output(), second.output()), 0));
    assertClose(whole.last(), second.last());
    assertClose(whole.output(), gru.forward(x));
  }

  @Test
  void samplesMayComeFirstOrNotAtAll() {
    LSTM stepsFirst = new LSTM(3, 2, DEEP);
    LSTM samplesFirst = new LSTM(3, 2, DEEP.batchFirst(true));
    samplesFirst.loadStateDict(stepsFirst.stateDict());
    Variable x = random(4, 2, 3);
    Variable y = stepsFirst.forward(x);
    assertEquals(Shape.of(4, 2, 4), y.shape());
    assertClose(y, samplesFirst.forward(x.transpose(0, 1)).transpose(0, 1));
    assertClose(y.select(1, 1), stepsFirst.forward(x.select(1, 1)));
    assertClose(y.select(1, 1), samplesFirst.forward(x.select(1, 1)));
    assertClose(
        new GRUCell(3, 2, true, new Rng(1)).forward(x.select(0, 0)).select(0, 1),
        new GRUCell(3, 2, true, new Rng(1)).forward(x.select(0, 0).select(0, 1)));
  }

  @Test
  void packedSequencesGiveWhatEachGivesAlone() {
    List<Variable> sequences = List.of(random(4, 3), random(2, 3).mul(2.0), random(2, 3));
    PackedSequence packed = PackedSequence.of(sequences);
    assertArrayEquals(new int[] {3, 3, 1, 1}, packed.batches());
    List<RecurrentLayer<Variable>> layers =
        List.of(
            new GRU(3, 2, DEEP),
            new RNN(3, 2, DEEP),
            new RNN(3, 2, Nonlinearity.RELU, DEEP, new Rng(2)));
    for (RecurrentLayer<Variable> layer : layers) {
      Recurrent<Variable> y = layer.forward(packed, layer.initialState(3));
      List<Variable> outputs = packed.with(y.output()).sequences();
      for (int i = 0; i < 3; i++) {
        Variable x = F.unsqueeze(sequences.get(i), 1);
        Recurrent<Variable> alone = layer.forward(x, layer.initialState(1));
        assertClose(F.squeeze(alone.output(), 1), outputs.get(i));
        assertClose(alone.last(), y.last().slice(1, i, i + 1));
      }
    }
  }

  @Test
  void packingGivesBackWhatItWasGiven() {
    List<Variable> sequences = List.of(random(3, 2), random(1, 2));
    List<Variable> back = PackedSequence.of(sequences).sequences();
    for (int i = 0; i < 2; i++) {
      assertClose(sequences.get(i), back.get(i));
    }
    assertEquals("PackedSequence (4, 2), batches=[2, 1, 1]", PackedSequence.of(sequences) + "");
  }

  @Test
  void packingExplainsWhatDoesNotFit() {
    String hint =
        "\n  hint: sequences are (steps, features) with at least one step, the longest first";
    assertRefuses(
        "a sequence of shape (3, 2) after (1, 2)" + hint,
        () -> PackedSequence.of(List.of(random(1, 2), random(3, 2))));
    assertRefuses(
        "a sequence of shape (1, 3) after (1, 2)" + hint,
        () -> PackedSequence.of(List.of(random(1, 2), random(1, 3))));
    assertRefuses(
        "a pack of no sequences\n  hint: pack at least one",
        () -> PackedSequence.of(new ArrayList<>()));
    assertRefuses(
        "batches [1, 2] of rows (3, 2)\n"
            + "  hint: each step has at most as many samples as the one before, together all rows",
        () -> new PackedSequence(random(3, 2), 1, 2));
    assertThrows(ShapeException.class, () -> new PackedSequence(random(3, 2)));
    LSTM lstm = new LSTM(3, 2);
    assertThrows(
        ShapeException.class,
        () -> lstm.forward(new PackedSequence(random(3, 2), 2, 1), lstm.initialState(2)));
  }

  @Test
  void dropoutActsBetweenLayersAndOnlyInTraining() {
    GRU deep = new GRU(3, 8, ONE.layers(2).dropout(0.5));
    Variable x = random(4, 2, 3);
    Rng.seed(1);
    Tensor first = deep.forward(x).value();
    assertTrue(!first.sameBits(deep.forward(x).value()));
    Rng.seed(1);
    assertTrue(first.sameBits(deep.forward(x).value()));
    deep.eval();
    assertTrue(deep.forward(x).value().sameBits(deep.forward(x).value()));
    GRU single = new GRU(3, 8, ONE.dropout(0.5));
    assertTrue(single.forward(x).value().sameBits(single.forward(x).value()));
    GRU mute = new GRU(3, 8, ONE.layers(2).dropout(1).bias(false));
    assertEquals(0, mute.forward(x).square().sum().item());
  }

  @Test
  void aRectifiedNetworkHasNoNegativeState() {
    RNN relu = new RNN(3, 8, Nonlinearity.RELU, ONE, new Rng(4));
    RNN tanh = new RNN(3, 8, Nonlinearity.TANH, ONE, new Rng(4));
    Variable x = random(4, 2, 3);
    assertTrue(F.amin(relu.forward(x), false).item() >= 0);
    assertTrue(F.amin(tanh.forward(x), false).item() < 0);
    assertNotEquals(relu.toString(), tanh.toString());
  }

  @Test
  void summarySeesNetworksAndTheirOutput() {
    Sequential net = new Sequential(new LSTM(3, 4), new Linear(4, 2));
    String summary = net.summary(Shape.of(5, 1, 3));
    assertTrue(summary.contains("(5, 1, 4)") && summary.contains("(5, 1, 2)"), summary);
  }

  @Test
  void wrongOptionsAndStatesSayWhatIsMeant() {
    assertRefuses(
        "LSTM from 0 features to 2 hidden elements\n  hint: both numbers are at least 1",
        () -> new LSTM(0, 2));
    assertRefuses(
        "GRUCell from 1 features to -2 hidden elements\n  hint: both numbers are at least 1",
        () -> new GRUCell(1, -2));
    assertRefuses(
        "a recurrent network of 0 layers\n  hint: it has at least 1", () -> ONE.layers(0));
    assertThrows(OptionException.class, () -> ONE.dropout(1.5));
    GRU gru = new GRU(3, 2);
    assertRefuses(
        "GRU expects a state of shape (1, 2, 2) for this input, got shape (1, 3, 2)\n"
            + "  hint: start with initialState(2): layers · directions, samples, hidden",
        () -> gru.forward(random(4, 2, 3), gru.initialState(3)));
    assertRefuses(
        "GRU expects at least one step, got shape (0, 2, 3)\n  hint: leave empty sequences out",
        () -> gru.forward(Variable.constant(Tensor.zeros(0, 2, 3))));
  }

  @Test
  void aStateThatIsNullIsRefusedInWords() {
    String words = "the state is null\n  hint: leave it out, forward(x): that starts from zeros";
    Variable x = random(4, 2, 3);
    for (Executable call :
        List.<Executable>of(
            () -> new LSTM(3, 2).forward(x, null),
            () -> new LSTMCell(3, 2).forward(x.select(0, 0), null))) {
      assertTrue(assertThrows(OptionException.class, call).getMessage().contains(words));
    }
  }
}
