/**
 * AWS's quotas: one table of names, defaults and what is done where one is exceeded, and how often
 * operations were asked for lately. Knows neither the operations nor the records that it counts.
 */
@NullMarked
package io.portico.gateway.control.quota;

import org.jspecify.annotations.NullMarked;
