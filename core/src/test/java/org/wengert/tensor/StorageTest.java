package org.wengert.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StorageTest {
  @Test
  void whoSeesAStorageIsNotForUsersToChange() {
    Class<?> parent = Storage.class.getSuperclass();
    List<String> inherited =
        Stream.<Member>concat(
                Arrays.stream(Storage.class.getMethods()), Arrays.stream(Storage.class.getFields()))
            .filter(member -> member.getDeclaringClass() == parent)
            .map(Member::getName)
            .sorted()
            .toList();

    assertEquals(List.of("array", "length"), inherited);
  }
}
