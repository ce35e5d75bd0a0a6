package io.portico.gateway.store;

/**
 * A record as the store holds it.
 *
 * @param key where it stands
 * @param content its serialised form; never changed by whoever holds it
 */
@SuppressWarnings("ArrayRecordComponent")
public record StoredRecord(RecordKey key, byte[] content) {}
