package org.wengert.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class BackpropByHandTest {
  @Test
  void itPrintsEachFactorByAutogradAndByHandBesideTheLecturesNumber() {
    String out = Printed.byMain(() -> BackpropByHand.main(new String[0]));
    for (String line :
        List.of(
            "out_h1 = f(net_h1)                       0.5932699921   .5933",
            "∂E/∂w5 = the product                     0.1718965154   0.1718965154   .1719",
            "path through o1                          0.0013983094   0.0013983094",
            "path through o2                         -0.0008443023  -0.0008443023",
            "∂E/∂w1 = the sum                         0.0005540072   0.0005540072   5.5090e-04",
            "  α = 0.5  E = 0.4056890538",
            "  after 10,000 steps: E = 3.510188e-05, outputs 0.0159136 and 0.9840643")) {
      assertTrue(out.lines().anyMatch(line::equals), out);
    }
  }
}
