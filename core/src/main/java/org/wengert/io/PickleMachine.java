package org.wengert.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.wengert.io.PickleValue.Dictionary;
import org.wengert.io.PickleValue.Elements;
import org.wengert.io.PickleValue.Items;
import org.wengert.io.PickleValue.Name;
import org.wengert.io.PickleValue.None;
import org.wengert.io.PickleValue.Real;
import org.wengert.io.PickleValue.Text;
import org.wengert.io.PickleValue.Truth;
import org.wengert.io.PickleValue.Tuple;
import org.wengert.io.PickleValue.View;
import org.wengert.io.PickleValue.Whole;

/// Runs those instructions of a pickle, protocol 2, that build data. A pickle is a program for a
/// machine with a stack, whose original can call any function of Python; this one has no way to do
/// so: names are compared with a list, and every other instruction ends the reading.
///
/// Each instruction takes time and memory in proportion to the bytes it was written with, or to
/// the values it takes from the stack. Holds state; for one thread and one program.
///
/// Source: Python's `pickletools`, where the instructions are described.
final class PickleMachine {
  private final Place file;
  private final ByteBuffer program;
  private final PickleWorld world;
  private final List<PickleValue> stack = new ArrayList<>();
  private final List<Integer> marks = new ArrayList<>();
  private final Map<Long, PickleValue> memo = new LinkedHashMap<>();
  private int instruction;

  PickleMachine(Place file, byte[] program, PickleWorld world) {
    this.file = file;
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    this.world = world;
  }

  /// What the program builds.
  PickleValue run() {
    if (u8() != 0x80) {
      throw error("no PROTO", "a pickle of protocol 2");
    }
    protocol();
    while (true) {
      instruction = program.position();
      int code = u8();
      if (code == '.') {
        return result();
      }
      execute(code);
    }
  }

  private PickleValue result() {
    PickleValue result = pop();
    if (!stack.isEmpty() || !marks.isEmpty() || program.hasRemaining()) {
      throw error("values or bytes that belong to nothing", "the end, after one value");
    }
    return result;
  }

  private void protocol() {
    int version = u8();
    if (version != 2) {
      throw error("pickle protocol " + version, "2")
          .hint("save with torch.save's default, pickle_protocol=2");
    }
  }

  private void execute(int code) {
    switch (code) {
      case 'N', 0x88, 0x89, 'K', 'M', 'J', 0x8a, 'G', 'X' -> stack.add(scalar(code));
      case ')' -> stack.add(new Tuple(List.of()));
      case ']' -> stack.add(new Items());
      case '}' -> stack.add(new Dictionary());
      case '(' -> marks.add(stack.size());
      case 't' -> stack.add(new Tuple(popToMark()));
      case 0x85, 0x86, 0x87 -> stack.add(new Tuple(List.copyOf(pop(code - 0x84))));
      case 'a' -> append(pop(1));
      case 'e' -> append(popToMark());
      case 's' -> put(pop(2));
      case 'u' -> put(popToMark());
      case 'c' -> stack.add(world.global(line() + "." + line(), place()));
      case 'Q' -> stack.add(world.outside(pop(), place()));
      case 'R' -> call();
      case 'b' -> attributes();
      case 'q' -> memo.put((long) u8(), top());
      case 'r' -> memo.put(u32(), top());
      case 'h' -> stack.add(remembered(u8()));
      case 'j' -> stack.add(remembered(u32()));
      default ->
          throw error("the instruction " + PickleOpcodes.described(code), "one that builds data")
              .hint(
                  "only dictionaries, lists, numbers, text and tensors are read: save a state"
                      + " dict, torch.save(model.state_dict(), file)");
    }
  }

  private PickleValue scalar(int code) {
    return switch (code) {
      case 'N' -> None.NONE;
      case 0x88, 0x89 -> new Truth(code == 0x88);
      case 'K' -> new Whole(u8());
      case 'M' -> new Whole(Short.toUnsignedInt(take(2).getShort()));
      case 'J' -> new Whole(take(4).getInt());
      case 0x8a -> new Whole(longInteger());
      case 'G' -> new Real(take(8).order(ByteOrder.BIG_ENDIAN).getDouble());
      default -> new Text(text());
    };
  }

  private long longInteger() {
    int length = u8();
    if (length > 8) {
      throw error("an integer of " + length + " bytes", "at most 8");
    }
    ByteBuffer bytes = take(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= Byte.toUnsignedLong(bytes.get(i)) << 8 * i;
    }
    int unused = 64 - 8 * length;
    return length == 0 ? 0 : value << unused >> unused;
  }

  private String text() {
    long length = u32();
    if (length > program.remaining()) {
      throw error("text of " + length + " bytes", "at most " + program.remaining());
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(take((int) length)).toString();
    } catch (CharacterCodingException e) {
      throw error("text that is no UTF-8", "UTF-8");
    }
  }

  /// A name up to the end of its line.
  private String line() {
    StringBuilder line = new StringBuilder();
    for (int c = u8(); c != '\n'; c = u8()) {
      if (c <= ' ' || c >= 127 || line.length() > 200) {
        throw error("a name with odd characters", "letters, digits, '.' and '_'");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private void append(List<PickleValue> values) {
    if (!(top() instanceof Items list)) {
      throw error("something appended to what is no list", "a list");
    }
    list.items.addAll(values);
  }

  private void put(List<PickleValue> pairs) {
    if (!(top() instanceof Dictionary dictionary) || pairs.size() % 2 != 0) {
      throw error("an entry of what is no dictionary, or half of one", "pairs and a dictionary");
    }
    for (int i = 0; i < pairs.size(); i += 2) {
      String key = key(pairs.get(i));
      if (dictionary.items.put(key, pairs.get(i + 1)) != null) {
        throw error("the key " + Json.shown(key) + " again", "each key once");
      }
    }
  }

  private String key(PickleValue value) {
    return switch (value) {
      case Text(String text) -> text;
      case Whole(long number) -> Long.toString(number);
      case None _, Truth _, Real _, Tuple _, Name _, Items _, Dictionary _, Elements _, View _ ->
          throw error("a key of another kind", "text or an integer");
    };
  }

  private void call() {
    List<PickleValue> both = pop(2);
    if (!(both.get(0) instanceof Name function && both.get(1) instanceof Tuple arguments)) {
      throw error("a call of what is no function", "a function and a tuple");
    }
    stack.add(world.call(function, arguments, place()));
  }

  /// The state dict of a module has attributes, with the versions of its layers. They are left out.
  private void attributes() {
    pop();
    if (!(top() instanceof Dictionary)) {
      throw error("attributes of what is no dictionary", "an OrderedDict")
          .hint("save a state dict, torch.save(model.state_dict(), file)");
    }
  }

  private PickleValue remembered(long index) {
    PickleValue value = memo.get(index);
    if (value == null) {
      throw error("the value remembered under " + index, "one that was remembered");
    }
    return value;
  }

  private PickleValue top() {
    checkDepth(1);
    return stack.getLast();
  }

  private PickleValue pop() {
    checkDepth(1);
    return stack.removeLast();
  }

  private List<PickleValue> pop(int count) {
    checkDepth(count);
    return popFrom(stack.size() - count);
  }

  private List<PickleValue> popToMark() {
    if (marks.isEmpty()) {
      throw error("no mark", "a mark");
    }
    return popFrom(marks.removeLast());
  }

  private List<PickleValue> popFrom(int first) {
    List<PickleValue> top = stack.subList(first, stack.size());
    List<PickleValue> values = List.copyOf(top);
    top.clear();
    return values;
  }

  private void checkDepth(int count) {
    int floor = marks.isEmpty() ? 0 : marks.getLast();
    if (stack.size() - floor < count) {
      throw error("an empty stack", count + " values");
    }
  }

  private int u8() {
    if (!program.hasRemaining()) {
      throw error("the end of the pickle", "an instruction, or the rest of one");
    }
    return Byte.toUnsignedInt(program.get());
  }

  private long u32() {
    return Integer.toUnsignedLong(take(4).getInt());
  }

  private ByteBuffer take(int count) {
    if (program.remaining() < count) {
      throw error("the end of the pickle", count + " bytes more");
    }
    ByteBuffer bytes = program.slice(program.position(), count).order(program.order());
    program.position(program.position() + count);
    return bytes;
  }

  private Place place() {
    return file.within("byte " + instruction);
  }

  private FileFormatException error(String found, String expected) {
    return place().found(found, expected);
  }
}
