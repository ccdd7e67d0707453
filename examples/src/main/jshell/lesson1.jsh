// Lesson 1: gradient descent, to be run line by line. Start it from the folder of the project:
//
//   mvn -q compile
//   jshell --class-path core/target/classes:nn/target/classes:optim/target/classes:train/target/classes:examples/target/classes examples/src/main/jshell/lesson1.jsh
//
// JShell stays open at the end: all variables are there, change them. /exit leaves.

import org.wengert.*
import org.wengert.tensor.*
import org.wengert.optim.*
import org.wengert.examples.*
import static org.wengert.examples.Board.*

// Five points and a line through them, ŷ = w x + b.
var x = Variable.constant(1, 2, 3, 4, 5)
var y = Variable.constant(5.082, 7.950, 10.96, 14.05, 17.04)
var w = new Parameter(Tensor.of(1.0)).named("w")
var b = new Parameter(Tensor.of(0.0)).named("b")
Variable loss() { return y.sub(w.mul(x).add(b)).square().sum(); }

// One backward pass gives both slopes.
head("At w = 1, b = 0", "printed")
loss().backward()
row("L", "361.391", loss().item())
row("dL/dw", "-281.", w.grad().item())
row("dL/db", "-80.2", b.grad().item())

// Four steps downhill with the learning rate 0.01, as a table.
var table = IterationTable.run(new SGD(List.of(w, b), 0.01), () -> loss(), 4)
System.out.println("\n" + table.text())
row("w after four steps", "3.34929", w.item())

// How large may the learning rate be?
var here = Stability.of(() -> loss(), List.of(w, b))
row("2/λ", "0.01690481", here.limit())

// The lecture's numbers beside computed ones. Each part is a method of its own.
LinearRegression.table()
LinearRegression.predictions()
LinearRegression.optimum()
LinearRegression.learningRates()
Lesson1GradientDescent.layers()
Lesson1GradientDescent.activations()
Lesson1GradientDescent.kinks()
