/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-save.h"

G_BEGIN_DECLS

/* The agencies and the programme of 2020, as data/reference has them. In the caller's
 * transaction. */

/* Makes the 25 districts and 26 institutions; those whose name is there are left as they are. */
gboolean madang_reference_data_add_agencies (const MadangSave *save, GError **error);
/* Makes the proposal system of each district and its observation of 24 February 2020; a district
 * that has a system is left as it is. The districts must be there. */
gboolean madang_reference_data_add_systems (const MadangSave *save, GError **error);
/* Makes the programme, with its call open, and its milestones. *id: of the programme. */
gboolean madang_reference_data_add_programme (const MadangSave *save, char **id, GError **error);

G_END_DECLS
