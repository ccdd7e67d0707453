package org.wengert.optim;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;

/// The attributes of a golden case, under torch's names; where one is missing or null, the default
/// given.
record GoldenAttributes(JsonObject json) {
  private boolean has(String name) {
    return json.has(name) && !json.get(name).isJsonNull();
  }

  double number(String name, double otherwise) {
    return has(name) ? Double.parseDouble(json.get(name).getAsString()) : otherwise;
  }

  int count(String name, int otherwise) {
    return (int) number(name, otherwise);
  }

  boolean flag(String name) {
    return has(name) && json.get(name).getAsBoolean();
  }

  boolean flag(String name, boolean otherwise) {
    return has(name) ? json.get(name).getAsBoolean() : otherwise;
  }

  String text(String name, String otherwise) {
    return has(name) ? json.get(name).getAsString() : otherwise;
  }

  List<Integer> counts(String name) {
    return json.getAsJsonArray(name).asList().stream().map(JsonElement::getAsInt).toList();
  }

  /// Element `i` of a list.
  double number(String name, int i, double otherwise) {
    return has(name) ? json.getAsJsonArray(name).get(i).getAsDouble() : otherwise;
  }

  /// The attributes of one group: lists have an element for each.
  GoldenAttributes ofGroup(int group) {
    JsonObject one = new JsonObject();
    json.asMap()
        .forEach(
            (name, value) ->
                one.add(name, value instanceof JsonArray list ? list.get(group) : value));
    return new GoldenAttributes(one);
  }
}
