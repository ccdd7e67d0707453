package org.wengert.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wengert.tensor.Shape;

/// The tolerances are those of the golden data's description.
class ToleranceTest {
  private static Tolerance ofGradient(String file, String expression, String type) {
    return ofGradient(file, "op", expression, type);
  }

  private static Tolerance ofGradient(String file, String op, String expression, String type) {
    List<GoldenTensor> none = List.of();
    JsonObject noAttributes = new JsonObject();
    GoldenCase golden =
        new GoldenCase(file, "id", op, noAttributes, expression, none, none, none, none, null);
    return Tolerance.ofGradient(golden, new GoldenTensor("x", Shape.SCALAR, type, false, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.inverse(x)",
        "torch.linalg_inv(torch.tanh(x))",
        "torch.linalg_solve(a, b)",
        "torch.linalg_solve_triangular(a, b, upper=True)",
        "torch.linalg_lstsq(a, b)",
        "torch.linalg_pinv(x)",
        "torch.det(x)",
        "torch.slogdet(x)[1]",
        "torch.linalg_qr(x)",
        "torch.linalg_cholesky(torch.matmul(x, x.t()))",
        "torch.linalg_svdvals(x)",
        "torch.linalg_eigvalsh(x)",
        "torch.nuclear_norm(x)",
        "torch.linalg_matrix_norm(x, 'nuc')",
        "torch.linalg_matrix_norm(x, 2)",
        "torch.linalg_matrix_norm(x, ord=-2)",
        "torch.matrix_power(x, -2)"
      })
  void decompositionsAndInversesMayBeALittleOff(String expression) {
    assertEquals(new Tolerance(1e-9, 1e-7), ofGradient("linalg", expression, "float64"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.matmul(x, y)",
        "torch.detach(x)",
        "torch.rsqrt(x)",
        "torch.matrix_exp(x)",
        "torch.matrix_power(x, 2)",
        "torch.linalg_matrix_norm(x)",
        "torch.linalg_matrix_norm(x, 'fro')",
        "torch.linalg_matrix_norm(x, 1)",
        "torch.linalg_matrix_norm(x, 21)"
      })
  void everythingElseMayNot(String expression) {
    assertEquals(new Tolerance(1e-10, 1e-8), ofGradient("linalg", expression, "float64"));
  }

  @Test
  void higherOrdersMayBeALittleOff() {
    assertEquals(new Tolerance(1e-9, 1e-7), ofGradient("higher_order", "x * x", "float64"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hardsigmoid", "sinc"})
  void whatLibtorchRoundsCoarselyMayBeALittleOff(String op) {
    String expression = "torch." + op + "(x)";
    assertEquals(new Tolerance(1e-9, 1e-7), ofGradient("unary", op, expression, "float64"));
  }

  @Test
  void singlePrecisionHasFiveDigits() {
    assertEquals(new Tolerance(0, 1e-5), ofGradient("linalg", "torch.inverse(x)", "float32"));
  }

  @Test
  void whatIsNotANumberMeetsItsLike() {
    Tolerance tolerance = new Tolerance(0.5, 0.1);
    assertTrue(tolerance.accepts(Double.NaN, Double.NaN));
    assertTrue(tolerance.accepts(-0.0, 0.0));
    assertTrue(tolerance.accepts(11.4, 10));
    assertFalse(tolerance.accepts(11.6, 10));
    assertFalse(tolerance.accepts(Double.NaN, 0));
    assertFalse(tolerance.accepts(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    assertFalse(tolerance.accepts(Double.MAX_VALUE, Double.POSITIVE_INFINITY));
  }
}
