/**
 * Usage: how many requests the API keys of usage plans have made, and whether a quota has one more.
 * Counters are runtime state; what must outlive the process is written to a ledger before it is
 * handed out, off the requests' threads. Knows nothing of stores, and of plans no more than their
 * quotas.
 */
@NullMarked
package io.portico.gateway.execute.usage;

import org.jspecify.annotations.NullMarked;
