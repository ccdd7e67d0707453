// Lesson 2: backpropagation, to be run line by line. Start it from the folder of the project:
//
//   mvn -q compile
//   jshell --class-path core/target/classes:nn/target/classes:optim/target/classes:train/target/classes:examples/target/classes examples/src/main/jshell/lesson2.jsh
//
// JShell stays open at the end: all variables are there, change them. /exit leaves.

import org.wengert.*
import org.wengert.graph.*
import org.wengert.examples.*
import static org.wengert.examples.Board.*

// The lecture's network, from the weights to the error.
var w1 = Variable.of(.15).named("w1")
var w5 = Variable.of(.40).named("w5")
var w7 = Variable.of(.50).named("w7")
var i1 = Variable.constant(.05).named("i1")
var h1 = w1.mul(i1).add(.37).named("net_h1").sigmoid().named("out_h1")
var h2 = Variable.constant(.3925).sigmoid().named("out_h2")
var o1 = w5.mul(h1).add(h2.mul(.45)).add(0.04869403294).named("net_o1").sigmoid().named("out_o1")
var o2 = w7.mul(h1).add(h2.mul(.55)).add(0.09387859590).named("net_o2").sigmoid().named("out_o2")
var E = o1.rsub(.01).square().add(o2.rsub(.99).square()).named("E")

// One backward pass gives all derivatives.
head("The lecture's two derivatives", "printed")
E.backward()
row("∂E/∂w5", ".1719", w5.grad().item())
row("∂E/∂w1", "5.5090e-04", w1.grad().item())

// Why? The graph, and the chain rule along its paths.
System.out.println(Graph.of(E).text())
System.out.println(ChainRule.explain(E, w5).text())
System.out.println(ChainRule.explain(E, w1).text())

// The lecture's numbers beside computed ones. Each part is a method of its own.
Lesson2Backpropagation.twoInputs()
Lesson2Backpropagation.biases()
BackpropByHand.forward()
BackpropByHand.w5()
BackpropByHand.w1()
Lesson2Backpropagation.paths()
Lesson2Backpropagation.descent()
Lesson2Backpropagation.matrices()
Lesson2Backpropagation.mazur()
