package io.portico.gateway.store;

/**
 * Where a record stands: records of one kind and one parent form a list ordered by id.
 *
 * @param kind what it is, such as {@code rest-api} or {@code resource}
 * @param parent what it belongs to: an API's id for its resources, {@code account/region} for an
 *     API
 * @param id unique among the records of this kind and parent; not empty
 */
public record RecordKey(String kind, String parent, String id) {}
