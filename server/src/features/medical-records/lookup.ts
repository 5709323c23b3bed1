export { exportRecords, reportExported } from './export-records.ts'
