package org.wengert.debug;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.wengert.Autograd;
import org.wengert.F;
import org.wengert.Leaf;
import org.wengert.LossReduction;
import org.wengert.Pooling;
import org.wengert.Variable;
import org.wengert.tensor.Shape;
import org.wengert.tensor.Tensor;

/// Functions that use infinities inside, at points where they are delicate: what goes in and comes
/// out is finite, and debug mode has nothing to say.
class NoFalseAlarmTest {
  private static final Variable ZEROS = Variable.constant(0, 0, 0);
  private static final Variable CLASS = Variable.constant(Tensor.of(new long[] {1}));

  private static Variable at(double... numbers) {
    return Variable.constant(Tensor.of(numbers));
  }

  private static Map<String, UnaryOperator<Variable>> delicate() {
    Map<String, UnaryOperator<Variable>> calls = new TreeMap<>();
    calls.put("xlogy", x -> F.xlogy(at(0, 0, 2), x.square().add(1)));
    calls.put("pow", x -> x.pow(2));
    calls.put("cumProd", x -> F.cumProd(x.mul(ZEROS), 0));
    calls.put("prod", x -> F.prod(x, 0));
    calls.put("norm", x -> F.norm(x.mul(0)));
    calls.put("logSumExp", x -> F.logSumExp(x.mul(1e3), 0));
    calls.put("logCumSumExp", x -> F.logCumSumExp(x.mul(1e3), 0));
    calls.put("softmax", x -> F.softmax(x.mul(1e30), 0));
    calls.put("logSoftmax", x -> F.logSoftmax(x.mul(1e30), 0));
    calls.put("logSigmoid", x -> F.logSigmoid(x.mul(1e3)));
    calls.put("softplus", x -> F.softplus(x.mul(1e3)));
    calls.put("sigmoid", x -> x.mul(1e3).sigmoid());
    calls.put("tanh", x -> x.mul(1e3).tanh());
    calls.put("silu", x -> F.silu(x.mul(1e3)));
    calls.put("mish", x -> F.mish(x.mul(1e3)));
    calls.put("gelu", x -> F.gelu(x.mul(1e3)));
    calls.put("sinc", x -> F.sinc(x));
    calls.put("logAddExp", x -> F.logAddExp(x.mul(1e3), x));
    calls.put("where", x -> F.where(x.detach().gt(0.5), x, F.fullLike(x, 0)));
    calls.put("max", x -> F.amax(x, 0));
    calls.put("crossEntropy", x -> F.crossEntropy(x.mul(1e4).reshape(1, 3), CLASS));
    calls.put("binaryCrossEntropy", x -> F.binaryCrossEntropy(x.sigmoid(), at(0, 1, 1)));
    calls.put("binaryCrossEntropy of 0 and 1", x -> F.binaryCrossEntropy(x.mul(0), at(0, 0, 1)));
    calls.put("bceWithLogits", x -> F.binaryCrossEntropyWithLogits(x.mul(1e3), at(0, 1, 1)));
    calls.put("klDiv", x -> F.klDiv(F.logSoftmax(x, 0), at(0, 0.5, 0.5), false, LossReduction.SUM));
    calls.put(
        "poissonNllLoss",
        x -> F.poissonNllLoss(x, at(0, 1, 5), true, true, 1e-8, LossReduction.MEAN));
    calls.put("normalize", x -> F.normalize(x.mul(0), 2, 0, 1e-12));
    calls.put("cosineSimilarity", x -> F.cosineSimilarity(x.mul(0), at(0, 0, 1), 0, 1e-8));
    calls.put("layerNorm", x -> F.layerNorm(x.mul(0), Shape.of(3), null, null, 1e-5));
    calls.put("maxPool", x -> F.maxPool1d(x.reshape(1, 1, 3), Pooling.of(2).padding(1)));
    calls.put("std", x -> F.std(x, 0));
    calls.put("causal attention", x -> causal(x.reshape(3, 1)));
    calls.put(
        "attention of one key",
        x ->
            F.scaledDotProductAttention(
                x.reshape(3, 1),
                x.reshape(3, 1),
                x.reshape(3, 1),
                Variable.constant(Tensor.of(true, false, false)),
                false,
                0));
    return calls;
  }

  private static Variable causal(Variable x) {
    return F.scaledDotProductAttention(x, x, x, null, true, 0);
  }

  @TestFactory
  Stream<DynamicTest> nothingIsSaid() {
    return delicate().entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(),
                    () -> {
                      Leaf x = Variable.of(0.0, 1.0, -2.0);
                      Autograd.debug(() -> call.getValue().apply(x).sum().backward());
                    }));
  }
}
