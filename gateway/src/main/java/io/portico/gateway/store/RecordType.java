package io.portico.gateway.store;

/**
 * A kind of record with its Java type.
 *
 * @param kind its name in the store; never changed once released
 * @param type the record class; its JSON form is what is stored
 */
public record RecordType<R>(String kind, Class<R> type) {}
