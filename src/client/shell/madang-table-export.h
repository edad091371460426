/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "madang-page.h"
#include "madang-sheet.h"
#include "madang-task-bar.h"

G_BEGIN_DECLS

typedef enum
{
  MADANG_TABLE_EXPORT_XLSX,
  MADANG_TABLE_EXPORT_CSV,
} MadangTableExportFormat;

/* Asks where to save, and writes a table as it is on the screen: the columns that are visible, made
 * by madang_record_column_new(), in their order, and the rows of a list. Reading goes on between
 * frames, writing in a thread; the bar shows it and can stop it. Toasts of the page tell what came
 * of it.
 *
 * rows: (transfer full) MadangRecords; nobody else changes it meanwhile. file_name: without suffix. */
void madang_table_export_run (MadangPage *page,
                              MadangTaskBar *bar,
                              GtkColumnView *view,
                              GListModel *rows,
                              const char *file_name,
                              MadangTableExportFormat format);
/* The same with a sheet that is small enough to be filled at once. sheet: (transfer full) */
void madang_table_export_run_sheet (MadangPage *page,
                                    MadangTaskBar *bar,
                                    MadangSheet *sheet,
                                    const char *file_name,
                                    MadangTableExportFormat format);

G_END_DECLS
