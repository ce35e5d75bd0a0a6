package io.portico.gateway.json;

import java.util.ArrayList;

/**
 * A JSON array among plain values. Unlike other lists it prints as compact JSON, also inside a map
 * that prints in Java's way.
 */
public final class JsonList extends ArrayList<Object> {
  public JsonList() {}

  public JsonList(int capacity) {
    super(capacity);
  }

  @Override
  public String toString() {
    return PlainJson.text(this);
  }
}
