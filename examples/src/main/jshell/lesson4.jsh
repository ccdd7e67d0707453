// Lesson 4: from the perceptron to training, to be run line by line. Start it from the folder of the project:
//
//   mvn -q compile
//   jshell --class-path core/target/classes:nn/target/classes:optim/target/classes:train/target/classes:examples/target/classes examples/src/main/jshell/lesson4.jsh
//
// JShell stays open at the end: all variables are there, change them. /exit leaves.

import org.wengert.*
import org.wengert.graph.*
import org.wengert.tensor.*
import org.wengert.examples.*
import static org.wengert.examples.Board.*

// The lecture's first graph, f = (x + y) z.
var x = Variable.of(-2.0).named("x")
var y = Variable.of(5.0).named("y")
var z = Variable.of(-4.0).named("z")
var q = x.add(y).named("q")
var f = q.mul(z).named("f")
f.backward()
head("f = (x + y) z", "printed")
row("df/dx", "-4", x.grad().item())
row("df/dy", "-4", y.grad().item())
row("df/dz", "3", z.grad().item())
System.out.println(Graph.of(f).text())
System.out.println(ChainRule.explain(f, x).text())

// The lecture's numbers beside computed ones. Each part is a method of its own.
Lesson4Training.perceptron()
Lesson4Training.exclusiveOr()
Lesson4Training.graphs()
Lesson4Training.chainRule()
Lesson4Training.diamonds()
Lesson4Training.deltaRule()
Lesson4Training.jacobian()
Lesson4Training.losses()
Lesson4Training.network()
Lesson4Training.trainingLoop()
Lesson4Training.learningRate()
Lesson4Training.momentum()
Lesson4Training.scaling()
Lesson4Training.dynamicGraph()
Lesson4Training.tensors()
Lesson4Training.estimators()
