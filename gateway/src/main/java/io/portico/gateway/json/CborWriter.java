package io.portico.gateway.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** Writes one value as CBOR (RFC 8949). Numbers keep their kind: a double is one of 64 bits. */
public final class CborWriter {
  private static final CBORFactory FACTORY = CBORFactory.builder().build();

  /** Of RFC 8949: seconds since 1970. */
  private static final int EPOCH_SECONDS = 1;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CBORGenerator generator =
      (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

  /** Begins a map, whose entries are a {@link #name} and a value each. */
  public CborWriter openMap(int entries) {
    generator.writeStartObject(this, entries);
    return this;
  }

  public CborWriter name(String name) {
    generator.writeName(name);
    return this;
  }

  public CborWriter closeMap() {
    generator.writeEndObject();
    return this;
  }

  public CborWriter openList(int items) {
    generator.writeStartArray(this, items);
    return this;
  }

  public CborWriter closeList() {
    generator.writeEndArray();
    return this;
  }

  public CborWriter text(String text) {
    generator.writeString(text);
    return this;
  }

  public CborWriter number(double number) {
    generator.writeNumber(number);
    return this;
  }

  public CborWriter whole(long number) {
    generator.writeNumber(number);
    return this;
  }

  public CborWriter flag(boolean flag) {
    generator.writeBoolean(flag);
    return this;
  }

  public CborWriter nothing() {
    generator.writeNull();
    return this;
  }

  public CborWriter blob(byte[] blob) {
    generator.writeBinary(blob);
    return this;
  }

  /** A time, as a tagged number: a whole one where it has no fraction. */
  public CborWriter timestamp(BigDecimal epochSeconds) {
    generator.writeTag(EPOCH_SECONDS);
    long whole = epochSeconds.longValue();
    return epochSeconds.compareTo(BigDecimal.valueOf(whole)) == 0
        ? whole(whole)
        : number(epochSeconds.doubleValue());
  }

  /** What was written; nothing can be written behind it. */
  public byte[] bytes() {
    generator.close();
    return bytes.toByteArray();
  }
}
