package io.portico.gateway.control.v2;

import io.portico.gateway.control.IdSource;
import io.portico.gateway.control.Publisher;
import io.portico.gateway.control.quota.Quotas;
import io.portico.gateway.store.Records;

/**
 * What every family works with.
 *
 * @param records where the configuration lives
 * @param publisher told of what changes, within the transaction that changes it
 * @param ids for new records
 * @param quotas of AWS, and what is done where one is exceeded
 */
public record V2Environment(Records records, Publisher publisher, IdSource ids, Quotas quotas) {}
