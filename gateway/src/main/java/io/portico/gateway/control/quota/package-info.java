/**
 * AWS's quotas: one table of names, defaults and what is done where one is exceeded. Knows neither
 * the operations nor the records that it counts.
 */
@NullMarked
package io.portico.gateway.control.quota;

import org.jspecify.annotations.NullMarked;
