// Lesson 3: deep networks, to be run line by line. Start it from the folder of the project:
//
//   mvn -q compile
//   jshell --class-path core/target/classes:nn/target/classes:optim/target/classes:train/target/classes:examples/target/classes examples/src/main/jshell/lesson3.jsh
//
// JShell stays open at the end: all variables are there, change them. /exit leaves.

import org.wengert.*
import org.wengert.graph.*
import org.wengert.nn.*
import org.wengert.tensor.*
import org.wengert.examples.*

// A network 3-4-2, and what it has to learn. "Learnable parameters: 26".
Rng.seed(1)
var model = new Sequential(new Linear(3, 4), new Sigmoid(), new Linear(4, 2))
System.out.println(model.summary(Shape.of(1, 3)))

// Two layers of one neuron each, and the chain rule through both.
var w1 = Variable.of(.5).named("w1")
var w2 = Variable.of(.8).named("w2")
var a1 = w1.mul(1.5).named("z1").sigmoid().named("a1")
var a2 = w2.mul(a1).named("z2").sigmoid().named("a2")
var L = a2.sub(1.0).square().named("L")
System.out.println(ChainRule.explain(L, w1).text())

// The lecture's numbers beside computed ones. Each part is a method of its own.
Lesson3DeepNetworks.sizes()
Lesson3DeepNetworks.identities()
Lesson3DeepNetworks.losses()
Lesson3DeepNetworks.hyperparameters()
Lesson3DeepNetworks.regressionHead()
Lesson3DeepNetworks.derivatives()
Lesson3DeepNetworks.updates()
Lesson3DeepNetworks.slips()
